"""Why a package cannot be installed here."""
