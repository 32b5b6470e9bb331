"""What is laid out for Kubernetes: read, without charts or a cluster; its job's command, run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pcqa_teach.classroom.hub import lay_pages
from pcqa_teach.classroom.results import results

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED = ROOT / "deploy" / "kubernetes"
# The keys of the charts' values that are meant to stand here. It is no schema of the charts.
MEANT = {
    "custom": None,
    "cull": {"enabled", "timeout"},
    "hub": {"config", "db", "extraConfig", "extraEnv", "loadRoles"},
    "hub.db": {"type", "url"},
    "prePuller": {"continuous", "extraImages"},
    "proxy": {"https"},
    "proxy.https": {"enabled", "hosts", "letsencrypt"},
    "singleuser": {
        *("cmd", "cpu", "defaultUrl", "fsGid", "image", "memory", "networkPolicy", "storage"),
        "uid",
    },
    "singleuser.image": {"name", "tag"},
    "singleuser.networkPolicy": {"egress", "egressAllowRules"},
    "singleuser.networkPolicy.egressAllowRules": {
        *("cloudMetadataServer", "dnsPortsCloudMetadataServer", "dnsPortsKubeSystemNamespace"),
        *("dnsPortsPrivateIPs", "nonPrivateIPs", "privateIPs"),
    },
    "singleuser.storage": {"capacity"},
}
NGSHARE = {"ngshare": {"admins"}, "pvc": {"storage"}, "deployment": {"resources"}}


def _read(name: str) -> list[Any]:
    return list(yaml.safe_load_all((DEPLOYED / name).read_text(encoding="utf-8")))


def _job() -> dict[str, Any]:
    return next(one for one in _read("grade-job.yaml") if one["kind"] == "Job")


def _below(values: dict[str, Any], path: str) -> dict[str, Any]:
    for name in path.split("."):
        values = values[name]
    return values


def test_the_hub_s_values_have_the_keys_that_are_meant_and_no_others():
    (values,) = _read("values.yaml")
    assert set(values) == {name for name in MEANT if "." not in name}
    for path, meant in MEANT.items():
        assert meant is None or set(_below(values, path)) == meant, path


def test_ngshare_s_values_have_the_keys_that_are_meant_and_no_others():
    (values,) = _read("ngshare.yaml")
    assert {name: set(below) for name, below in values.items()} == NGSHARE


def test_the_python_in_the_values_and_beside_them_compiles():
    (values,) = _read("values.yaml")
    texts = [*values["hub"]["extraConfig"].values()]
    texts += [path.read_text() for path in (ROOT / "deploy").rglob("*.py")]
    assert len(texts) >= 6
    for text in texts:
        compile(text, "deployed", "exec")


def test_a_coach_alone_gets_the_sources_the_class_and_the_gradebook():
    (values,) = _read("values.yaml")
    told: dict[str, Any] = {}
    asked = {"custom.coaches": ["kitty"], "custom.coachImage": "c", "custom.classVolume": "v",
             "singleuser.storage.homeMountPath": "/h"}  # fmt: skip
    chart = type(sys)("z2jh")
    chart.get_config = lambda name, default=None: asked.get(name, default)
    sys.modules["z2jh"] = chart
    config = type("C", (), {"Spawner": type("S", (), {})()})()
    exec(values["hub"]["extraConfig"]["20-coaches"], {"c": config})
    del sys.modules["z2jh"]
    for name in ("kitty", "blue-kettle"):
        one = type("Spawner", (), {})()
        one.user = type("User", (), {"name": name})()
        one.image, one.volumes, one.volume_mounts = "p", [], []
        one.environment, one.extra_labels = {}, {}
        config.Spawner.pre_spawn_hook(one)
        told[name] = vars(one)
    assert told["kitty"]["image"] == "c"
    assert told["kitty"]["environment"]["PCQA_GRADEBOOK"]["valueFrom"]["secretKeyRef"]
    assert told["kitty"]["environment"]["PCQA_CLASS"] == "/h/class/current"
    assert told["kitty"]["extra_labels"] == {"pcqa/gradebook": "yes"}
    assert told["blue-kettle"]["image"] == "p"
    for part in ("volumes", "volume_mounts", "environment", "extra_labels"):
        assert not told["blue-kettle"][part]


def test_no_secret_stands_in_a_file():
    for path in sorted(DEPLOYED.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"(password|token|secret):\s+[\"']?[A-Za-z0-9]{8}", line), (
                path.name
            )


def test_the_job_is_one_of_shards_without_the_gradebook_or_a_network():
    job, policy = _job(), _read("grade-network.yaml")[0]
    spec, pod = job["spec"], job["spec"]["template"]
    (box,) = pod["spec"]["containers"]
    told = {one["name"]: one["value"] for one in box["env"]}
    assert spec["completionMode"] == "Indexed"
    assert spec["completions"] == int(told["SHARDS"])
    assert set(told) == {"ASSIGNMENT", "CLASS", "SHARDS"}
    text = (DEPLOYED / "grade-job.yaml").read_text(encoding="utf-8")
    assert text.count(told["ASSIGNMENT"]) == 1, "it is named in one place"
    assert "envFrom" not in box
    assert {one["name"] for one in pod["spec"]["volumes"]} == {"class", "scratch"}
    writable = [one["mountPath"] for one in box["volumeMounts"] if not one.get("readOnly")]
    assert writable == ["/class/shards", "/tmp"]
    assert box["securityContext"]["allowPrivilegeEscalation"] is False
    assert policy["spec"]["podSelector"]["matchLabels"] == pod["metadata"]["labels"]
    assert "egress" not in policy["spec"]
    assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]


def test_each_marking_is_a_job_of_its_own():
    """A job that has ended keeps its name for a day: one of the same name would not run."""
    assert "name" not in _job()["metadata"]
    assert re.fullmatch(r"[a-z][a-z-]*-", _job()["metadata"]["generateName"])
    readme = (DEPLOYED / "README.md").read_text(encoding="utf-8")
    assert "kubectl create -f grade-job.yaml -o name" in readme
    assert "apply -f grade-job.yaml" not in readme


def test_the_images_are_made_of_pinned_packages_alone():
    text = (DEPLOYED / "Dockerfile").read_text(encoding="utf-8")
    fetched = [line for line in text.splitlines() if "pip install" in line and ".whl" not in line]
    assert len(fetched) == 2
    assert all("--require-hashes" in line for line in fetched)


def test_the_images_have_the_jupyterhub_of_the_chart():
    readme = (DEPLOYED / "README.md").read_text(encoding="utf-8")
    chart, hub = re.search(
        r"\(chart ([\d.]+), whose hub is\s+JupyterHub ([\d.]+);", readme
    ).groups()
    assert f"jupyterhub/jupyterhub --version '~{chart}' " in readme
    assert set(re.findall(r"JupyterHub (\d+)", readme)) == {hub.split(".")[0]}
    assert f"chart {chart}:" in (DEPLOYED / "values.yaml").read_text(encoding="utf-8")
    pinned = [
        re.search(r"^jupyterhub==(\S+)", (DEPLOYED / name).read_text(encoding="utf-8"), re.M)[1]
        for name in ("requirements.in", "requirements.txt")
    ]
    assert pinned[0] == pinned[1]
    assert pinned[0].startswith(f"{hub}.")
    assert "COPY deploy/kubernetes/requirements.txt " in (DEPLOYED / "Dockerfile").read_text()


def test_participants_image_has_no_sources():
    text = (DEPLOYED / "Dockerfile").read_text(encoding="utf-8")
    participant, coach = text.split("FROM participant AS coach")
    assert "notebooks" not in participant.split("FROM ", 1)[1]
    assert "COPY notebooks" in coach


def test_the_only_page_that_ngshare_sends_is_the_kit_s(tmp_path):
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.assignment_id = "day"
    for name, text in (("feedback/p1/day/feedback.html", "ours"),
                       ("feedback/p1/day/b3.html", "nbgrader's"),
                       ("feedback/p1/day/old.html", "nbgrader's"),
                       ("submitted/p1/day/b3.ipynb", "{}"),
                       ("submitted/p1/day/timestamp.txt", "then")):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    lay_pages(CourseDirectory(config=config))
    folder = tmp_path / "feedback" / "p1" / "day"
    pages = {path.name: path.read_text() for path in folder.iterdir()}
    assert pages == {"feedback.html": "ours", "b3.html": "ours", "timestamp.txt": "then"}


@pytest.mark.slow
def test_the_job_s_own_command_marks_in_shards(tmp_path):
    from pcqa_teach.classroom.grading.sandbox import refusal
    from tests.classroom import make

    if why := refusal():
        pytest.skip(why)
    course = make.small_class(tmp_path / "class")
    blank = make.blank(course)
    for number in range(4):
        make.hand_in(course, f"p{number}", make.answered(blank, make.RIGHT, f"p{number}"))
    (box,) = _job()["spec"]["template"]["spec"]["containers"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    told = {**os.environ, "PATH": path, "ASSIGNMENT": make.ASSIGNMENT, "CLASS": str(course.path),
            "SHARDS": "2"}  # fmt: skip
    for index in range(2):
        environment = {**told, "JOB_COMPLETION_INDEX": str(index)}
        subprocess.run([*box["command"], *box["args"]], env=environment, check=True)
    subprocess.run(["pcqa", "classroom", "merge", make.ASSIGNMENT, "--class", course.path],
                   env=told, check=True)  # fmt: skip
    marked = results(course.gradebook, make.ASSIGNMENT).grades
    assert set(marked["student"]) == {"p0", "p1", "p2", "p3"}
    assert set(marked[marked["item"] == "t1-1"]["score"]) == {2.0}
