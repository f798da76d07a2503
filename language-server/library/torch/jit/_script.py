"""See the package."""
from . import ScriptModule
