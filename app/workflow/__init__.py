"""USE CASES, plain functions; the first argument is the store. Records are frozen dataclasses, wording is done at the edge.

`fmt` is the Formatter of the reader's language (`app.i18n.formatter(language, country)`). A `Problem` is `forms.kinds.base.Problem`
(path, msgid, places): the edge says `fmt.words(problem.message, **problem.places)`. Paths are `forms.path.AnswerPath`.
Writes take `key`, the idempotency key of the post: the same key again answers what was answered the first time.

access       who may do what: one `can`, deny by default, objects loaded through the person's scope
    can(store, person, verb, obj, part="") -> bool              verbs view fill (write something in it) submit review approve sign download
                                                                (the whole record) packet print open void; without an object administer,
                                                                invite. `part` is 'key' or 'key.subject'; without one, for some part
    sees(store, person, document) -> Sight                      .parts: part → audience name; .audience(part, subject) -> str, '' for none
    opens(store, person, programme) -> bool                     who opens dossiers in a programme
    people(store, verb, obj, role="", part="") -> tuple[Person, ...]; roles_on(store, person, obj, subject="") -> frozenset[str]
    document(store, person, document_id, verb="view") -> Document    raises NotFound (missing and not-yours alike);
    dossier(store, person, dossier_id, verb="view") -> Dossier       Forbidden when seen but the verb is not theirs
    unit(store, person, unit_id, verb="open") -> Unit
    units(store, person, verb="open") -> tuple[Unit, ...]       where the person may start a report
    roles(store, person) -> tuple[Grant, ...]

permissions  the matrix of forms.md §2 as data: MATRIX['A2.travellers']['participant'] == 'F* S*'; SIGNATORIES, SHOWN (audiences), OWN_ROWS
seeing       reader(store, person, document, record=False) -> Audience for `resolving.resolve`
             readable(store, person, document) -> (path) -> bool

reports      a unit's semiannual reports
    open_report(store, person, unit_id, year, semester, policy="", key="") -> Dossier
                                                                raises AlreadyThere(dossier_id, code) (R-35), Invalid
    listed(store, person) -> tuple[Listed, ...]                 Listed(dossier, unit, document, done: int, total: int, changed_at: datetime)
    around(store, dossier) -> DossierView                       previous, siblings, facts, today

dossiers     what every document needs of its dossier
    documents(store, dossier) -> tuple[Document, ...]
    view_of(store, document) -> DossierView                     facts, people, states, the other documents filled (nothing restricted)
    typed(store, document, upto=None) -> Answers                what somebody typed; filled(store, document): with prefill and totals
    imprint(store, document, fmt) -> Imprint                    in the language of `fmt`
    code_of(store, document) -> str                             'IAT-SLV-CONNA-DPI-2021-1'

surroundings current(store, dossier) -> tuple[Document, ...]     the last version of each, in the order they are filled

exchanges    by the secretariat; problems of facts and people are told as of a form (`forms.opening.OPENING`)
    open_exchange(store, person, facts, people, travellers=(), key="") -> Dossier      at `planning`, with its documents and grants;
                                                                people: role → PERSON answers; raises WrongAnswers(.problems), Forbidden
    set_facts(store, person, dossier, facts, key="") -> Dossier; set_person(store, person, dossier, role, answers, key="") -> Dossier
    invite_travellers(store, person, dossier, key="") -> tuple[Person, ...]             who has an e-mail and is not in yet
delegation   who travels changes once it was sent: by the visitors' leader or the secretariat, before the visit; the reason is kept
    replace_traveller(store, person, dossier, row, new_row, reason, key="") -> Dossier      the old row is «Reemplazada», their VI and VII
                                                                void; the new one gets a row, documents and a link; II and IV open again
    withdraw_traveller(store, person, dossier, row, reason, key="") -> Dossier              the row is «Retirada», nobody comes instead
    may_change(store, person, dossier) -> bool                  raises WrongAnswers, Invalid (reason), Moved (the visit began), Forbidden
plans        of a plan or one of its follow-ups; raise NotFound for other documents
    year(store, person, document, fmt) -> Year(title, months, bars: (code, words, months, weight, light), points: (month, planned, reached))
    feed(store, person, document) -> Rendition (.ics); token(store, person, document) -> str; of_token(store, token) -> Rendition
travellers   travellers_of_csv(data, fmt=None, headed=True) -> Listed(rows, problems, left: line → cells)      raises BadFile
opening      ensured(store, dossier_id, actor_id)               opens documents that are due; called by the writes that make them due
    open_due(store) -> int                                      those a day makes due (follow-ups, 15 days before); by the worker
exchange_states   actions(store, person, dossier, fmt) -> tuple[Offer(action, label, lacks, reason: bool, .ready), ...]
    move(store, person, dossier, action, reason="", key="", fmt=None) -> Dossier      raises NotReady(.problems), Moved, Invalid
                                                                STATES[dossier.state] in words; start_due(store): by the worker
semaphore    semaphore(store, person, dossier, fmt) -> tuple[Light(rule, colour 'green'|'red'|'amber'|'grey', sentence, document, path,
                                                                part, section, subject, gate), ...]
worklist     of(store, person, dossier, fmt) -> tuple[Work(document, part, title, subject, whose, state, lacking: int, who, until,
                                                                outdated, .late), ...]       one line for each part that is seen
outdated     «desactualizado»
    is_outdated(store, document) -> bool; outdated(store, document, fmt=None) -> tuple[Outdated(path, label, kept, now), ...]
    of_dossier(store, person, dossier_id, fmt) -> tuple[(Document, tuple[Outdated, ...]), ...]
    renew(store, person, document, key="") -> Document          reads the sources again; of a signed one, v(n+1)

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

offline      the form a person takes away: what is theirs to fill, never restricted values
    made(store, person, document, language) -> Rendition        raises Locked where nothing is open to them
imports      a filled form comes back; uploading changes nothing, what it says waits a day for who sent it
    received(store, person, document, stream, filename, key="") -> Import       raises BadFile with one sentence, TooLarge
    differences(store, person, document, import_id, fmt) -> Comparison(revision, differences: tuple[Difference, ...], left, odd, taken, …)
        Difference(path, label, section, now, theirs, value, base, changed_meanwhile, locked, drawn, row, words, .proposed)
    accept(store, person, document, import_id, paths, key="", revision=None) -> Saved       `clashed`: others changed it since `revision`
    undo(store, person, document, import_id, key="") -> Saved   what came from this file and still stands

reviewing    check-your-answers and the task list
    parts(store, person, document, fmt) -> tuple[SeenPart(part, title, whose, state, own: bool), ...]      those the person sees
    check(store, person, document, fmt, part="") -> Check(sections, problems, rules, shown: tuple[ShownSection, ...], fillable, .ready)
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

jobs         runs that make files, and their ZIP: «Descargar todo», packets; `@jobs.step("kind")` says what makes a kind of item
    start_zip(store, person, dossier_ids: Sequence[str], key="") -> Run
    start(store, person, kind, what, key, items: Sequence[{"kind", "name", …}], name) -> Run        the way for other kinds of run
    progress(store, person, run_id) -> Run(id, state, done: int, total: int, failed: tuple[str, ...], sha256, problems, single)
        state 'waiting'|'working'|'done'|'failed'|'cancelled'
    cancel(store, person, run_id) -> Run; resume(store, person, run_id) -> Run       what is made stays
    result(store, person, run_id) -> Rendition                  the ZIP; raises NotFound until it is done

notebooks    the bitácora press (forms.md §9); a person needs the verb `print` on the dossier, and sees diaries and names only
    notebook_orders.choices(store, person, state="", country="", since="", until="") -> tuple[Choice(dossier, owners, …), ...]
        Owner(subject: row of A2.travellers, number '03', name, diary: Document | None, consented: bool, written: bool)
    notebook_orders.Order(chosen: dossier id → rows, () for all, mode 'blank'|'mixed'|'filled', copies, spare, paper, language, cover)
    notebook_orders.estimate(store, person, order) -> Estimate(.sheets, .count, .lines, .skipped)      raises Invalid
    notebook_runs.start(store, person, order, key="") -> Run; result(store, person, run_id) -> Result(run, books, joined, lists, …)
    notebook_runs.files(store, person, run_id) -> tuple[File(name, sha256, size, pages, problem), ...]; file(…, name) -> Rendition
    notebook_marks.mark(store, person, dossier, subject, mode, 'printed'|'delivered', done=True, key=""); send(…, name, queue) -> Printed
    notebooks.visit_of(store, dossier, language, paper), notebook(store, dossier, visit, owner | None, mode) -> what `app.rendering` prints
publication  shareable(store, person, dossier) -> days that may be published; made(store, person, dossier, keys, paper) -> Rendition

packets      signed documents in one sealed file (forms.md §8); what each holds is data in `packet_plans`
    check(store, person, dossier, packet, variant) -> tuple[Lack, ...]      Problems with `.document`, the id of the one to move on
    standings(store, person, dossier, fmt) -> tuple[Standing(packet, variant, titles, lacks, absent, made, .ready), ...]
    choices(store, person, fmt) -> tuple[Choice(dossier, standings), ...]   for a page that takes several
    start(store, person, dossier_ids, packet, variant, language="", key="") -> Run      raises NotReady(.problems)
    result(store, person, run_id), latest(store, person, dossier, packet, variant) -> Rendition
    reserved_sheets.sheets(store, person, dossier, reason, key="") -> Rendition         P4: never kept; focal_host, around the visit

A document's life (forms.md §3). Actions raise Moved (409: it is in another state by now), NotReady (409, `.problems`: what lacks),
Forbidden (also: nobody approves what they filled), NotFound. `part` is '' where the form has one part, else 'key' or 'key.subject'.

states       the one table of states and actions, for documents and their parts
    TRANSITIONS[(state, action)] -> Move(verb, to, event, label: msgid)
    actions(store, person, document, part="") -> tuple[Offer(action, label: msgid, lacks: tuple[Problem, ...], .ready), ...]
                                                                what this person may do now (submit return approve sign refuse renew void);
                                                                `lacks` says what is missing before it can be done
    parts(store, document) -> tuple[PartState(part: str, title: msgid, subject, state, waits: bool), ...]
                                                                the document is as far as the part it waits for that is least far

life         moving a document; every move is an event
    submit(store, person, document, key="", part="") -> Document            freezes: prefill and totals are copied as a revision
    observe(store, person, document, key="", part="") -> Document           «devolver solo esto»; NotReady without a comment
    approve(store, person, document, revision, key="", part="") -> Document     `revision` is the one that was read (hidden field)
    refuse(store, person, document, reason, key="") -> Document             by the signer whose turn it is
    void(store, person, document, reason, key="") -> Document               secretariat; reason of 20 characters
    supersede(store, person, document, key="") -> Document                  opens v(n+1), a draft copied from it; the old one stays until
                                                                            the new one is signed

comments     pinned to an answer; path '' is the whole document (a refused signature)
    add(store, person, document, path, text, key="") -> Comment             by a reviewer of a submitted document
    remove(store, person, document, comment_id) -> None                     own, before it is returned
    answer(store, person, document, comment_id, text, key="") -> Comment    by who fills, while observed; again changes the answer
    of(store, person, document, fmt) -> tuple[Note(comment, path, label, author, answerer, current, .open), ...]
                                                                oldest first; current: about the last submission
        Comment(id, document_id, path, submission, person_id, text, at, answer, answered_by, answered_at)

editing      what a person may write now: their parts of a draft, the returned answers of an observed document, what names their role
    opening(store, person, document) -> Opening(.everything, .anything, .within(base, section), .allows(path: AnswerPath) -> bool)
    filler_of(form, path) -> str                                the role other than its part's that fills an answer, '' for none
    `answering.page(...).opening` is that; every write raises Locked (409) for an answer that is not open for this person;
    what a rule at the gate 'save' does not let stand is in `Saved.refused`, in the rule's words

versions     what changed
    of(store, document) -> tuple[Document, ...]                             all versions of the same document, oldest first
    changes(store, person, document, fmt, before=None) -> tuple[Change(path, label, before: str, after: str, words), ...]
        words: tuple[(op 'equal'|'delete'|'insert', text), ...]             second submission against the first, a first against v(n-1)
        `before`: another revision number of this document

signing      in the order of `Form.signing`, copies of one field together; everybody signs the document's hash
    slots_of(store, document) -> tuple[Slot(path, label: msgid, role, role_words: msgid, standing, signature | None, part, subject), ...]
        standing 'signed'|'turn'|'waiting'; a place whose condition does not hold is none
        Signature(id, document_id, path, person_id, role, name, position, institution, method, hash, image, at, void_at, part_hash,
                  carried: id of the signature of an earlier version it repeats, or '')
    slots.people(store, document) -> everybody whose turn it is; who signs because an answer names them (`signatories`) gets a link by mail
    turn(store, person, document) -> Slot | None                            the slot this person may sign now
    send_code(store, person, document) -> Sent(to: str 'e…@example.org', until: datetime)      raises TooMany
    sign(store, person, document, method 'typed'|'drawn', code, hash, drawing="", key="") -> Document
        `hash` is that of the approved record shown (hidden field); `drawing` a data:image/png;base64,… of signature_pad;
        raises WrongCode(left), NoCode (none sent, too old, or five wrong: ask for another), BadFile
        the last signature seals: the state is then 'signed' (or still 'signing' for a moment: the sweep ends it)
    hash_of(store, document) -> str                                         SHA-256 of the approved record, '' before
    approved_record(store, person, document), signed_record(store, person, document) -> Rendition

agenda       of an exchange (A1): by the host's focal point; facts 'agenda_state' and 'agenda_version' of every view
    share(store, person, document, key="") -> int; consolidate(store, person, document, key="") -> None       final comes by itself
    open_still(store, document) -> list[str]                    what keeps it from being final: 'state' 'part' 'changes' or a rule's id

withdrawals  of the permissions of a signed A7; a view's answers('A7', subject=…) are those that still count
    withdraw(store, person, document, item, key="", note="") -> Withdrawal(item, at, person_id, done, until: date, note)
                                                                own, or by the secretariat with a note; health is erased in the same write
    of(store, document) -> tuple[Withdrawal, ...]; table(store, dossier) -> tuple[Row(document, subject, answers, withdrawals), ...]
reserved     open(store, person, document, subject, reason, key="") -> Answers     the reason (20 letters) is kept; raises Forbidden outside
                                                                the days of the visit; sheet(…, fmt): the same as it reads;
                                                                shows(store, person, document, section="") -> bool

tasks        tasks.mine(store, person) -> tuple[Task(kind 'fill'|'correct'|'review'|'sign', document, dossier, sentence: msgid, places (the
                                          msgids 'title' and 'part' among them), since: datetime, until: date | None, late: bool, part,
                                          subject), ...]      soonest first
glance       dossiers(store, person, programme="") -> tuple[Dossier, ...]: all the person sees; given(store, person): documents one by one
    exchanges(store, person, fmt) -> tuple[Glance(dossier, state: msgid, blockers, waiting: roles of what is due first, until, late), ...]
board        what of these is to be looked after: reports and sheets, exchanges; narrowed by state, unit, country, programme
    board.rows(store, person, state="", unit_id="", country="", programme="") -> tuple[Row(dossier, document, unit | None, state: msgid,
                                          blockers: tuple[Problem, ...], waiting: tuple[msgid of role, ...], since, until, late), ...]
    board.exchanges(store, person, fmt, state="", country="") -> tuple[Glance, ...]
offers       what more a document offers: its agenda, people added and taken out, permissions, reserved sheets, comparison
    offers(store, person, document) -> tuple[Offer(action, label: msgid, does: bool, subject, places, told: tuple[Problem, ...]), ...]
    do(store, person, document, action, subject="", key="") -> str         the subject of the copy it opened; raises NotFound, Moved
deadlines    working_days(start: date, days: int, holidays) -> date; of(store, document) -> date | None

verification (more)
    look_up(store, text) -> Found(title, code, version, state: msgid, standing 'draft'|'current'|'superseded'|'void',
                                  superseded_by: 'v2', signed_on: datetime | None, signatures: tuple[(role msgid, institution), ...],
                                  hash: first 16 hex) | None

proving      which file is this: four sentences, worded for the reader: which file, version, who and when, whether a byte changed
    of_hash(store, sha256, fmt) -> Checked(kind 'signed'|'approved'|'draft'|'unknown'|'altered'|'unreadable', found: Found | None,
                                           sentences: tuple[str, ...])
    of_file(store, stream, fmt) -> Checked                  100 MB, read as a stream; raises TooLarge

mailing      mail by the worker, retried; a row holds ids, the words are written when it is sent
    @letter("kind") def _written(store, message: Message) -> Draft | None   who writes a kind; None: nothing to tell any more. May run again
                                                                            one message; codes and links are made there, never before
        Draft(to: Person, subject: str, paragraphs: tuple[str, ...]) in the words of `words_of(person)`
    post(store, kind, person | None, payload={ids}, lasts=None) -> str      inside the transaction of what it tells; the nudge follows
    deliver(settings)                                                       what the worker does; tests call it

signing_in   entering by mail
    ask(store, email, origin, target="") -> None                            the same for anybody; raises TooMany
    look(store, token, origin) -> Person; enter(store, token, origin, browser="") -> (session token, Person, target)   raise SpentLink
    visitor(store, token) -> Person | None; sessions(store, person); end(store, person, session_id); end_others(store, person, token)

people       who gets in, and grants; a person's own access is changed by others only
    listed(store, actor); profile(store, actor, person_id) -> Profile
    invite(store, actor | None, Invitation, key="") -> Person; invite_again; give; withdraw; set_disabled(store, actor, person_id, disabled)
registering  add_unit(store, code, name, institution, country) -> Unit; add_office(store, name, country) -> Office

Command line: wsgi.py calls `app.cli.register(app)` and `app.tasks.register(app)`.
"""
