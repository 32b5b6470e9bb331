#!/bin/sh
# Lay out a hub on this server: groups, folders, settings, and the lessons' sources where coaches
# alone can read them. Run it as root, from any checkout of the kit; run it again for a new version.
#   sh deploy/jupyterhub/setup.sh CHECKOUT
set -eu
checkout=$(cd "${1:?Name the checkout of the kit.}" && pwd)
place=${PCQA_HUB:-/srv/pcqa}

for group in pcqa-coaches pcqa-participants; do
  getent group "$group" >/dev/null || groupadd "$group"
done

install -d -m 0755 "$place" "$place/config"
install -d -m 0700 "$place/hub"
install -d -m 1777 "$place/exchange"
install -d -m 0750 -g pcqa-coaches "$place/kit"
install -d -m 0700 /etc/pcqa/gradebooks

for part in everyone coach participant jupyterhub_config.py; do
  rm -rf "$place/config/$part"
  cp -R "$checkout/deploy/jupyterhub/$part" "$place/config/"
done
chmod -R u=rwX,go=rX "$place/config"

for part in pcqa_teach notebooks data _toc.yml; do
  rm -rf "$place/kit/$part"
  cp -R "$checkout/$part" "$place/kit/"
done
chgrp -R pcqa-coaches "$place/kit"
chmod -R u=rwX,g=rX,o= "$place/kit"
echo "The hub is laid out in $place."
