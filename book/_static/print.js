/* Paper is white: a page that is read in the dark theme is printed in the light one. */
(() => {
  const page = document.documentElement;
  let theme = null;
  addEventListener("beforeprint", () => {
    theme = page.dataset.theme;
    page.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    if (theme) page.dataset.theme = theme;
    theme = null;
  });
})();
