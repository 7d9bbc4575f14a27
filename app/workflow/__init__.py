"""USE CASES, plain functions; the first argument is the store. Records are frozen dataclasses, wording is done at the edge.

`fmt` is the Formatter of the reader's language (`app.i18n.formatter(language, country)`). A `Problem` is `forms.kinds.base.Problem`
(path, msgid, places): the edge says `fmt.words(problem.message, **problem.places)`. Paths are `forms.path.AnswerPath`.
Writes take `key`, the idempotency key of the post: the same key again answers what was answered the first time.

access       who may do what: one `can`, deny by default, objects loaded through the person's scope
    can(store, person, verb, obj) -> bool                       verbs view fill open download packet review approve sign administer
    document(store, person, document_id, verb="view") -> Document    raises NotFound (missing and not-yours alike);
    dossier(store, person, dossier_id, verb="view") -> Dossier       Forbidden when seen but the verb is not theirs
    unit(store, person, unit_id, verb="open") -> Unit
    units(store, person, verb="open") -> tuple[Unit, ...]       where the person may start a report
    roles(store, person) -> tuple[Grant, ...]

dossiers     reports: opening, listing, what surrounds them
    open_report(store, person, unit_id, year, semester, policy="", key="") -> Dossier
                                                                raises AlreadyThere(dossier_id, code) (R-35), Invalid
    listed(store, person) -> tuple[Listed, ...]                 Listed(dossier, unit, document, done: int, total: int, changed_at: datetime)
    documents(store, dossier) -> tuple[Document, ...]
    view_of(store, document) -> DossierView                     previous, siblings, facts, today
    typed(store, document, upto=None) -> Answers                what somebody typed; filled(store, document): with prefill and totals
    imprint(store, document, fmt) -> Imprint                    in the language of `fmt`
    code_of(store, document) -> str                             'IAT-SLV-CONNA-DPI-2021-1'

answering    filling: pages, saves, rows, files
    page(store, person, document, section_key, fmt, subject="") -> SectionPage
        SectionPage(document, form, part, section, subject, answers (filled), at: Reading (at.stored: typed here), revision: int,
                    problems: Mapping[str, Problem] by path.pdf, can_undo: bool, can_redo: bool, fillable: bool)
    save(store, person, document, section_key, base_revision, leaves, key="", fmt=None, subject="") -> Saved | Conflict
        `leaves` by AnswerPath; a row's first save posts its `_order` too (any number: new rows go to the end)
        Saved(revision, merged: bool, refused: tuple[Problem, ...], changed: tuple[AnswerPath, ...])
            refused leaves (type, length, letters no font has) are not saved, the rest of the page is
        Conflict(revision, clashes: tuple[Clash, ...], refused)     Clash(path, label, mine: str, theirs: str, who, at, value: Json)
            leaves that do not clash ARE saved; to keep «mine», save its `value` again with base_revision=conflict.revision
    undo(store, person, document, section_key, key="") -> Saved | None      back to before this person's last group of saves
    redo(store, person, document, section_key, key="") -> Saved | None
    restore_source(store, person, document, path, base_revision=None, key="") -> Saved     «volver al dato de origen»
    add_row(store, person, document, table: AnswerPath, key="", after: RowId = "") -> Added(row_id, revision)    raises TooManyRows
    duplicate_row(store, person, document, row: AnswerPath, key="") -> Added
    remove_row(store, person, document, row: AnswerPath, key="") -> Saved      its answers stay; restore_row brings it back
    restore_row(store, person, document, row: AnswerPath, key="") -> Saved
    move_row(store, person, document, row: AnswerPath, by: int, key="") -> Saved     by -1 up, +1 down
    attach(store, person, document, path, stream, filename, media_type, key="") -> Saved      raises BadFile
    attachment(store, person, document, path) -> Attachment(bytes, filename, media_type)

reviewing    check-your-answers and the task list
    check(store, person, document, fmt) -> Check(sections, problems, rules, shown: tuple[ShownSection, ...], fillable, .ready, .done)
        sections: tuple[SectionCheck(part, key, number, title, subject, state 'todo'|'started'|'done'|'problems', problems), ...]
        problems: tuple[Problem, ...]  wrong and missing, in the order of the form
        rules: tuple[RuleResult(code, blocks: bool, message: msgid, places, owner: AnswerPath | None, gate), ...]   those that do not hold

history      what happened, in plain sentences of the reader's language
    of(store, person, dossier, fmt) -> tuple[Entry(sentence, who, at, details: tuple[str, ...]), ...]     newest first

renditions   bytes of one revision
    make(store, person, document, kind 'docx'|'record', language 'es'|'pt') -> Rendition(data, filename, media_type, sha256)
    preview(store, person, document, language, section="" | page=n, width=…) -> Preview(png, page, pages)

verification codes on paper, and who may ask
    new_code() -> str; parse(text) -> str | None; grouped(code) -> str
    look_up(store, text) -> Found(title msgid, code, version, state msgid) | None       public

jobs         «Descargar todo»
    start_zip(store, person, dossier_ids: Sequence[str], key="") -> Run
    progress(store, person, run_id) -> Run(id, state, done: int, total: int, failed: tuple[str, ...], sha256)
        state 'waiting'|'working'|'done'|'failed'|'cancelled'
    cancel(store, person, run_id) -> Run
    result(store, person, run_id) -> Rendition                  raises NotFound until it is done

Command line: wsgi.py calls `app.cli.register(app)` and `app.tasks.register(app)`.
"""
