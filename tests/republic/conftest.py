import pytest

from dossier.republic import Republic
from dossier.republic.county import County


@pytest.fixture(scope="session")
def sorrel() -> Republic:
    """The sample's republic, made from its seed."""
    return Republic.generate()


@pytest.fixture(scope="session")
def county() -> County:
    """The sample's county, with what the tables are read off."""
    return County(0, 10_000, 2016, "concentrated")
