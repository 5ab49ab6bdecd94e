"""A scheduled task of Windows, started when its owner signs in: the Task Scheduler's own XML."""

from __future__ import annotations

import getpass
import os
import re
import subprocess
from xml.etree import ElementTree

from coulisses_agent.service.described import NameNotWritable, Service, Spelled, description

SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What the scheduler puts in itself, and no spelling keeps it from that.
_PUT_IN = re.compile(r"%[^%]+%|\$\(")


def spelled(service: Service) -> Spelled:
    """Return the service's task, for `schtasks`. Raises NameNotWritable."""
    for word in service.program:
        if _UNSPEAKABLE.search(word) or _PUT_IN.search(word):
            raise NameNotWritable(name=word)
    path = service.state / f"{service.name}.xml"
    named = f'/TN "Coulisses\\{service.name}"'
    return Spelled(
        path,
        _task(service),
        (f'schtasks /Create {named} /XML "{path}"', f"schtasks /Run {named}"),
        (f"schtasks /End {named}", f"schtasks /Delete {named}"),
    )


def _task(service: Service) -> bytes:
    command, *words = service.program
    said = _UNSPEAKABLE.sub("_", description(service))
    line = subprocess.list2cmdline(words)
    run = _element("Exec", _element("Command", command), _element("Arguments", line))
    task = _element(
        "Task",
        _element("RegistrationInfo", _element("Description", said)),
        _element("Triggers", _signing_in()),
        _element("Principals", _owner()),
        _element("Settings", *_settings()),
        _element("Actions", run),
    )
    task.set("version", "1.2")
    task.set("xmlns", SPACE)
    return ElementTree.tostring(task, encoding="utf-16", xml_declaration=True)


def _signing_in() -> ElementTree.Element:
    """Start at its owner's sign-in, and look every five minutes whether it still runs."""
    again = _element(
        "Repetition", _element("Interval", "PT5M"), _element("StopAtDurationEnd", "false")
    )
    return _element("LogonTrigger", again, _element("Enabled", "true"), _element("UserId", _user()))


def _user() -> str:
    """Return the owner: a task for everybody's sign-in would take an administrator."""
    domain = os.environ.get("USERDOMAIN")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()


def _owner() -> ElementTree.Element:
    principal = _element(
        "Principal",
        _element("UserId", _user()),
        _element("LogonType", "InteractiveToken"),
        _element("RunLevel", "LeastPrivilege"),
    )
    principal.set("id", "Author")
    return principal


def _settings() -> list[ElementTree.Element]:
    plain = {
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "StartWhenAvailable": "true",
        "ExecutionTimeLimit": "PT0S",
        "Priority": "8",
    }
    again = _element("RestartOnFailure", _element("Interval", "PT1M"), _element("Count", "255"))
    return [*(_element(name, said) for name, said in plain.items()), again]


def _element(name: str, *inside: str | ElementTree.Element) -> ElementTree.Element:
    made = ElementTree.Element(name)
    for one in inside:
        if isinstance(one, str):
            made.text = one
        else:
            made.append(one)
    return made
