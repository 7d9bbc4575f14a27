// What a page can do beyond HTML: conditional fields, autosave with retries, suggestions, a warning before leaving. All of it is optional.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink } from './vendor/govuk-frontend.min.js';

const words = JSON.parse(document.body.dataset.words || '{}');
document.body.classList.add('js-enabled', 'govuk-frontend-supported');

const counted = {
  i18n: {
    charactersUnderLimit: { one: words['under.one'], many: words['under.other'], other: words['under.other'] },
    charactersAtLimit: words.at,
    charactersOverLimit: { one: words['over.one'], many: words['over.other'], other: words['over.other'] },
  },
};
createAll(CharacterCount, counted);
createAll(Button, { preventDoubleClick: true });
[Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink].forEach((component) => createAll(component));

// Conditional fields: data-when names the inputs (the nearest on the page decides), data-when-values what they must hold.
function held(form, name) {
  const inputs = [...form.querySelectorAll(`[name="${name}"]`)].filter((input) => input.type !== 'hidden');
  if (!inputs.length) return null;
  const ticked = inputs.filter((input) => (['radio', 'checkbox'].includes(input.type) ? input.checked : input.value.trim()));
  return ticked.map((input) => input.value.trim());
}

function showWhatIsWanted(form) {
  form.querySelectorAll('[data-when]').forEach((group) => {
    const values = group.dataset.whenValues ? group.dataset.whenValues.split(' ') : [];
    const found = group.dataset.when.split(' ').map((name) => held(form, name)).find((each) => each !== null);
    if (found) group.hidden = values.length ? !found.some((value) => values.includes(value)) : !found.length;
  });
}

document.querySelectorAll('form[data-filling]').forEach((form) => {
  showWhatIsWanted(form);
  form.addEventListener('input', () => showWhatIsWanted(form));
  form.addEventListener('change', () => showWhatIsWanted(form));
});

// Own words with suggestions: an input with a list beside the text area, which adds one line.
document.querySelectorAll('textarea[data-suggest]').forEach((area) => {
  const input = document.createElement('input');
  input.className = 'govuk-input anexa-suggest';
  input.setAttribute('list', area.dataset.suggest);
  input.setAttribute('aria-label', area.dataset.suggestLabel);
  input.placeholder = area.dataset.suggestLabel;
  const add = () => {
    const said = input.value.trim();
    if (!said) return;
    area.value = [...area.value.split('\n').filter((line) => line.trim()), said].join('\n');
    input.value = '';
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };
  input.addEventListener('change', add);
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); add(); } });
  area.after(input);
});

// Autosave: htmx posts the section two seconds after the last key; what fails is tried again until it is saved.
const form = document.querySelector('form[data-autosave]');
if (form) {
  const status = document.getElementById('saved');
  let typed = 0;
  let sent = 0;
  let saved = 0;
  let wait = 3000;
  let timer = 0;
  const say = (text, failed) => { status.textContent = text; status.classList.toggle('anexa-saved--failed', Boolean(failed)); };
  const retry = () => window.htmx.trigger(form, 'retry');
  const again = (text) => { say(text, true); clearTimeout(timer); timer = setTimeout(retry, wait); wait = Math.min(wait * 2, 60000); };
  form.addEventListener('input', () => { typed += 1; say(words.unsaved); });
  form.addEventListener('submit', () => { saved = typed; });
  form.addEventListener('htmx:beforeRequest', () => { sent = typed; say(words.saving); });
  form.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) { saved = sent; wait = 3000; clearTimeout(timer); } });
  form.addEventListener('htmx:sendError', () => again(words.offline));
  form.addEventListener('htmx:timeout', () => again(words.offline));
  form.addEventListener('htmx:responseError', (event) => {
    const { xhr } = event.detail;
    const told = (xhr.getResponseHeader('Content-Type') || '').startsWith('text/plain') && xhr.responseText;
    if (xhr.status >= 500 || xhr.status === 429) again(told || words.failed);
    else say(told || words.failed, true);
  });
  window.addEventListener('online', () => { if (typed !== saved) retry(); });
  window.addEventListener('beforeunload', (event) => { if (typed !== saved) event.preventDefault(); });
}

// What a page that saved itself found wrong is said at the field too, and goes once it is right; the keyboard stays where it is.
const marks = { INPUT: 'govuk-input--error', SELECT: 'govuk-select--error', TEXTAREA: 'govuk-textarea--error' };

function groupOf(name) {
  const input = [...form.elements].find((each) => each.name === name && each.type !== 'hidden')
    || (document.getElementById(name) ? null : form.querySelector(`.anexa-steps [name^="${name}-"]`));
  const steps = input && input.closest('.anexa-steps');
  return input && (steps ? steps.parentElement : input).closest('.govuk-form-group');
}

function mark(group, id, said) {
  const described = group.querySelector('fieldset') || group.querySelector('input:not([type=hidden]), select, textarea');
  const names = (described.getAttribute('aria-describedby') || '').split(' ').filter((each) => each && each !== id);
  if (said) names.push(id);
  if (names.length) described.setAttribute('aria-describedby', names.join(' ')); else described.removeAttribute('aria-describedby');
  group.classList.toggle('govuk-form-group--error', Boolean(said));
  group.querySelectorAll('.govuk-input, .govuk-select, .govuk-textarea').forEach((each) => each.classList.toggle(marks[each.tagName], Boolean(said)));
  const known = document.getElementById(id);
  if (known) known.remove();
  if (!said) return;
  const message = document.createElement('p');
  message.id = id;
  message.className = 'govuk-error-message';
  const hidden = document.createElement('span');
  hidden.className = 'govuk-visually-hidden';
  hidden.textContent = `${words.wrong}: `;
  message.append(hidden, said);
  const above = [...group.querySelectorAll('legend, label, .govuk-hint')].filter((each) => !each.closest('.anexa-steps, .govuk-radios, .govuk-checkboxes'));
  above.filter((each) => !each.classList.contains('govuk-character-count__message')).pop().after(message);
}

function markAll() {
  const wrong = new Map([...document.querySelectorAll('#saved [data-at]')].map((each) => [`${each.dataset.at}-error`, each]));
  form.querySelectorAll('.govuk-form-group--error').forEach((group) => {
    const told = group.querySelector('.govuk-error-message');
    if (told && !wrong.has(told.id) && !group.querySelector('[type=file]')) mark(group, told.id, '');
  });
  wrong.forEach((each, id) => {
    const group = groupOf(each.dataset.at);
    if (group) mark(group, id, each.textContent);
  });
}
if (form) document.body.addEventListener('htmx:afterSwap', (event) => { if (event.target.id === 'saved') markAll(); });

// After a save that found something to correct, or after adding a row, the keyboard starts there.
const start = document.querySelector('[data-start]');
if (start) start.focus();
