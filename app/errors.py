"""What can go wrong, each with the sentence the person reads; HTTP and the command line map them once, by `status` and `exit_code`."""
from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802
    """Mark a wording for extraction; the edge translates it for the reader."""
    return message


class Told(Exception):  # noqa: N818 - it is what the person is told
    """Something to tell the person. `message` is a msgid, `places` fill its named places; the edge translates and shows it."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    message: str = N_("Algo no salió bien. Vuelva a intentarlo; si se repite, avise a la secretaría técnica.")

    def __init__(self, message: str = "", **places: object) -> None:
        self.message = message or type(self).message
        self.places = places
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message.format(**self.places) if self.places else self.message


class Invalid(Told):
    """What came cannot be taken as it is."""

    status = 400
    exit_code = 2
    message = N_("No se entiende lo que llegó. Vuelva a la página y envíelo otra vez.")


class BadInput(Invalid):
    """A file or an argument of the command line that cannot be read."""

    message = N_("No se puede leer {what}: {why}.")


class BadFile(Invalid):
    """An uploaded file that is not what the field takes."""

    message = N_("No podemos usar este archivo. Elija otro de los tipos que se indican.")


class TooManyRows(Invalid):
    """A row more than the table takes."""

    message = N_("Esta tabla admite {most} filas y ya están todas. Quite una para agregar otra.")


class SignedOut(Told):
    """No session, or one that ended."""

    status = 401
    exit_code = 3
    message = N_("Su sesión terminó. Entre de nuevo: lo guardado sigue en su lugar.")


class Forbidden(Told):
    """Seen, but the verb is not theirs."""

    status = 403
    exit_code = 3
    message = N_("Puede ver esta página, pero no cambiarla. Si necesita hacerlo, pídalo a la secretaría técnica.")


class NotFound(Told):
    """Missing and not-yours, which answer the same."""

    status = 404
    exit_code = 4
    message = N_("No encontramos lo que busca. Revise la dirección o vuelva al inicio.")


class Stale(Told):
    """Compare-and-set failed: somebody else went first. `expected` and `current` are in `places`."""

    status = 409
    exit_code = 5
    message = N_("Otra persona guardó cambios mientras tanto. Revise lo nuevo y guarde otra vez.")


class Moved(Told):
    """The document is in another state by now. `state` is its msgid."""

    status = 409
    exit_code = 5
    message = N_("Este documento está en otro estado: {state}. Vuelva a abrirlo para ver qué sigue.")


class NotReady(Told):
    """Something lacks before it can be done; `problems` (forms.kinds.base.Problem) say what."""

    status = 409
    exit_code = 5
    message = N_("Todavía falta algo. Complételo y vuelva a intentarlo.")

    def __init__(self, problems: Sequence[object] = ()) -> None:
        super().__init__()
        self.problems = tuple(problems)


class Locked(Told):
    """An answer that may not be changed now."""

    status = 409
    exit_code = 5
    message = N_("Esta respuesta ya no se cambia: el documento se envió. Si hay que corregirla, pida que se la devuelvan.")


class OwnWork(Told):
    """Nobody approves what they filled."""

    status = 403
    exit_code = 3
    message = N_("Usted llenó este documento: lo aprueba otra persona.")


class NoCode(Told):
    """No code counts: none was sent, it is too old, or it was typed wrong five times."""

    status = 409
    exit_code = 5
    message = N_("Este código ya no sirve. Pida otro y escríbalo aquí.")


class WrongCode(Invalid):
    """Not the code that was sent; `left` is how many tries are left."""

    message = N_("El código no es ese. Revise el último correo; quedan {left} intentos.")

    def __init__(self, left: int) -> None:
        super().__init__(left=left)
        self.left = left


class AlreadyThere(Told):
    """It exists once already; `dossier_id` leads to it."""

    status = 409
    exit_code = 5
    message = N_("Ya existe {code}. Ábralo para seguir con él.")

    def __init__(self, dossier_id: str, code: str) -> None:
        super().__init__(code=code)
        self.dossier_id = dossier_id
        self.code = code


class TooLarge(Told):
    """A file or a body above its limit."""

    status = 413
    exit_code = 2
    message = N_("El archivo pesa demasiado: el máximo es {most}. Reduzca su tamaño y súbalo otra vez.")


class TooMany(Told):
    """A rate limit was reached; `seconds` says how long to wait."""

    status = 429
    exit_code = 7
    message = N_("Hubo muchos intentos seguidos. Espere {seconds} segundos y vuelva a intentarlo.")

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


class Busy(Told):
    """The database stayed locked for longer than anybody should wait. Nothing was written."""

    status = 503
    exit_code = 7
    message = N_("Hay muchas personas guardando a la vez y no se pudo guardar. Lo escrito sigue en pantalla: guarde otra vez.")


class NotSaved(Told):
    """The disk is full, read-only or failing. Nothing was written."""

    status = 507
    exit_code = 8
    message = N_("No se pudo guardar: el disco no admite más datos. Lo escrito sigue en pantalla; avise a la secretaría técnica.")


class Damaged(Told):
    """Stored bytes that are not what they were; they are not given out."""

    status = 500
    exit_code = 9
    message = N_("El archivo guardado está dañado y no lo entregamos. Avise a la secretaría técnica.")


class BadSettings(Told):
    """The installation is not ready or its settings contradict each other."""

    status = 500
    exit_code = 78
    message = N_("Revise la configuración: {why}.")
