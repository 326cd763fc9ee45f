"""The Price of a Dossier: models, data and interactive charts on the economics of surveillance."""

__version__ = "0.1.0"
