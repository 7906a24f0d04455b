"""The registries that a kept case keeps, and who has what part by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.actors.rooms import Room
    from winset.store.case_store import CaseStore


def own_registries(store: CaseStore) -> tuple[Addition, ...]:
    """The registries that a kept case keeps, read again."""
    kept = store.registries()
    if not kept:
        return ()
    from winset.exchange.registry_files import RegistryText

    return tuple(RegistryText(name=each.name, format=each.format, text=each.text).addition() for each in kept)


def own_room(store: CaseStore) -> Room:
    """Who has what part in the body before which a kept case's issue lies, by its own registries too."""
    from winset.actors.registry import registry
    from winset.actors.rooms import room_of

    return room_of(registry(own_registries(store)), store.spec())
