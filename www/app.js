// The controller: the one file that knows every part. Events go into the state machine; the state is drawn once per frame.
/** @import { Event as StateEvent } from './state.js' */
/** @import { Description } from './wasm.d.ts' */
/** @import { Actions } from './panels/parts.js' */
import { render } from 'lit-html';
import { stuck } from './boot.js';
import { asCoreError, core, openCore, readFirst } from './core.js';
import { announcement } from './announcing.js';
import { diagram, fit } from './diagram.js';
import { Focus } from './focus.js';
import { languageOf, translator } from './i18n.js';
import { gone, guard, single } from './keeping.js';
import { lifeSentence } from './labels.js';
import { layout } from './layout.js';
import { Lens } from './lens.js';
import { Lighting } from './lighting.js';
import { lights, lookedFor } from './lights.js';
import { ByHand } from './by-hand.js';
import { Early } from './early.js';
import { Comparison } from './comparison.js';
import { begun, done, redone, undone } from './history.js';
import { Bringing } from './bringing.js';
import { Bytes } from './bytes.js';
import { bar } from './panels/bar.js';
import { form } from './panels/form.js';
import { formTools } from './panels/share.js';
import { standings } from './hearing.js';
import { legend } from './panels/legend.js';
import { list } from './panels/list.js';
import { rail } from './panels/rail.js';
import { CLOSED, table } from './panels/table.js';
import { topbar } from './panels/topbar.js';
import { zoom } from './panels/zoom.js';
import { remember, remembered } from './preferences.js';
import { Exporting } from './exporting.js';
import { Generation } from './generation.js';
import { Motion } from './motion.js';
import { initial, next } from './state.js';
import { marksOf } from './marks.js';
import { drawBringing, drawDialog } from './dialog.js';
import { Passing, saved } from './passing.js';
import { side } from './side.js';
import { Takeaway } from './takeaway.js';
import { acted, copied, say, toast } from './speech.js';
import { ofCertificate, ofComponent, ofConnection, ofShape, standsFor } from './selecting.js';
import { droppable, painted, shortcuts, walkable } from './stage.js';
import { Figure } from './tour/figure.js';
import { Tour } from './tour/tour.js';
import { Trial, hidden } from './trial.js';
import { spawn } from './worker.js';
import { Workshop } from './workshop.js';

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const root = document.documentElement;
const phone = matchMedia('(max-width: 720px)'), dark = matchMedia('(prefers-color-scheme: dark)');

const ui = {
  language: languageOf(remembered('language'), navigator.languages),
  theme: /** @type {'light' | 'dark'} */ (remembered('theme') ?? (dark.matches ? 'dark' : 'light')),
  view: /** @type {import('./layout.js').View} */ ('certificates'),
  drawer: false,
  current: /** @type {string | null} */ (null),
  /** The node that is drawn by itself, out of a stack. */
  focus: /** @type {string | null} */ (null),
  differences: false,
  /** Whether the figure shows who checks with the chosen authority. */
  trust: false,
  form: /** @type {import('./panels/form.js').FormView} */ ({ open: null, pages: {}, filters: {} }),
  stack: { page: 0, filter: '' },
  table: CLOSED,
  /** On a phone the figure is a list until it is asked for. */
  listed: true,
  /** Null until the core is there. */
  kernels: /** @type {import('./kernel.js').Kernels | null} */ (null),
  /** Why the core will never be there. */
  stuck: /** @type {unknown} */ (null),
};
root.dataset.theme = ui.theme;

// The figure is drawn from what the page carries beside its core; that is opened once the figure is on the screen.
const opening = painted().then(openCore), early = new Early(remembered('early') !== 'off');
/** Replaced once there is a page to draw. */
let showWorkshop = () => {};
const workshop = new Workshop(opening.then(({ modules }) => modules), early, () => showWorkshop());

try {
  run(readFirst());
} catch (thrown) {
  root.lang = ui.language;
  root.dataset.phase = 'stuck';
  place('stage').replaceChildren();
  render(stuck(thrown, ui.language), place('stage'));
}

/** @param {import('./core.js').First} what */
function run({ presets, plan: first }) {
  let state = initial(first.cluster, first), history = begun(/** @type {Description} */ (first.cluster)), scheduled = false;
  /** What the figure on the page was laid out from. @type {unknown[]} */
  let drawn = [];
  /** Whether the panels beside the figure are drawn as well: its first frame does not wait for them. */
  let fitted = false, whole = false;
  let geometry = layout(first, { view: ui.view, narrow: phone.matches, t: translator(ui.language) });
  const focus = new Focus(document), motion = new Motion(matchMedia('(prefers-reduced-motion: reduce)'));
  const trial = new Trial((pem) => core.decode(pem), (event) => dispatch(event), () => tell('verdict.gone'));
  const bytes = new Bytes((der, request) => core.anatomy(der, request), /** @type {HTMLDialogElement} */ (place('bytes')));
  const comparison = new Comparison((last, now) => core.reissue(last, now)), byHand = new ByHand(core);
  const generation = new Generation(workshop, core, (event) => dispatch(event), (court) => tried(court), () => schedule());
  const takeaway = new Takeaway(() => schedule());
  const tried = (/** @type {import('./court.js').Court} */ court) => { takeaway.of(court); trial.open(court); };
  const bring = new Bringing({
    state: () => state, dispatch: (event) => dispatch(event), changed: () => schedule(), core, modules: opening.then(({ modules }) => modules), means: { start: spawn, locks: navigator.locks }, lost: () => tell('bring.lost'),
    brought(court) {
      generation.stop();
      workshop.forget();
      if (state.phase === 'imported') { ui.focus = null; history = begun(state.description); }
      tried(court);
      if (phone.matches && state.phase === 'imported') requestAnimationFrame(() => place('panel').scrollIntoView());
    },
    forgotten() {
      // Files of which no cluster came: what is on the page is not theirs.
      if (!state.imported) return schedule();
      history = begun(/** @type {Description} */ (first.cluster));
      dispatch({ type: 'forgotten', description: first.cluster, plan: first });
      workshop.prepare(state.plan);
    },
  });

  const tour = new Tour({ state: () => state, changed: () => schedule(), actions: () => actions, busy: () => passing.dialog !== null || bytes.open || bring.view.open });
  const slides = new Figure();

  /** @param {StateEvent} event */
  const dispatch = (event) => {
    const before = state;
    state = next(state, event);
    if (gone(before, state)) tell('keeping.lost');
    schedule();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => { scheduled = false; draw(); });
  };

  /** @type {Actions} */
  const actions = {
    edit(description, field) { history = done(history, description, field); describe(description); },
    undo() { if (history.past.length) travel(undone(history), 'speech.undone'); },
    redo() { if (history.future.length) travel(redone(history), 'speech.redone'); },
    start() {
      const busy = () => state.phase === 'generating';
      if (busy()) return;
      if (state.imported) return void bring.mending.make();
      generation.stop();
      dispatch({ type: 'started' });
      if (busy()) generation.start(state);
    },
    cancel() {
      generation.stop();
      bring.mending.stop();
      dispatch({ type: 'cancelled' });
      if (!state.imported) workshop.prepare(state.plan);
    },
    download() {
      if (!state.issued) return;
      try {
        saved(state.issued.zip, state.issued.name);
      } catch {
        tell('keeping.unsaved');
      }
    },
    forget() {
      workshop.forget();
      dispatch({ type: 'described', description: state.description, plan: state.plan });
      tell('done.forgotten');
    },
    select(what) {
      const node = what && 'connection' in what ? hidden(what.connection, state) : undefined;
      if (node) actions.focus(node);
      choose(what === null ? null : 'connection' in what ? ofConnection(what.connection, geometry) : 'component' in what ? ofComponent(what.component, geometry) : ofCertificate(what.certificate, geometry, state.selection));
    },
    language(language) { ui.language = language; remember('language', language); schedule(); },
    theme() { ui.theme = ui.theme === 'dark' ? 'light' : 'dark'; remember('theme', ui.theme); schedule(); },
    view(view) {
      if (phone.matches) ui.listed = view === 'list';
      else ui.table = { ...ui.table, on: view === 'table' };
      if (view === 'components' || view === 'certificates') ui.view = view;
      schedule();
    },
    table(change) { ui.table = { ...ui.table, ...change }; schedule(); },
    lesson(id) { actions.select(null); trial.judge(id)?.then(() => { if (id) focus.open('.lesson h2'); requestAnimationFrame(() => document.querySelector('.lesson')?.scrollIntoView({ block: 'nearest' })); }); },
    bytes: (certificate) => bytes.show(certificate),
    drawer(open) {
      ui.drawer = open;
      draw();
      /** @type {HTMLElement | null} */ (open ? place('form').querySelector('input') : place('bar').querySelector('.drawerbutton'))?.focus();
    },
    formView(change) { ui.form = { ...ui.form, ...change }; schedule(); },
    stack(change) { ui.stack = { ...ui.stack, ...change }; schedule(); },
    focus(node) {
      ui.focus = node;
      if (state.plan.shown) dispatch({ type: 'planned', plan: core.plan(state.plan.cluster, node ?? undefined) });
      schedule();
    },
    differences() { ui.differences = true; actions.select(null); focus.open('.differences summary'); },
    trust(on) { ui.trust = on; schedule(); },
    compare() { comparison.ask(state); schedule(); },
    copyLink: () => { passing.copyLink(); },
    save: () => passing.save(),
    open: () => passing.open(),
    many: (change) => opened(() => passing.many(change ?? {})),
    accept: () => passing.accept(),
    dismiss: () => passing.dismiss(),
    early(on) { early.on = on; remember('early', on ? 'on' : 'off'); schedule(); },
    export: (format) => { exporting.run(format); },
    copy: (text) => copyAndSay(text, 'copied'),
    tour, bring, takeaway,
  };

  const tell = (/** @type {import('./i18n.js').Key} */ what) => toast(translator(ui.language)(what));
  const copyAndSay = (/** @type {string} */ text, /** @type {import('./i18n.js').Key} */ said) => { copied(text).then(() => tell(said), () => tell('copy.failed')); };
  /** At once, or as soon as the core is there. @param {() => void} then */
  const opened = (then) => { if (core.ready) then(); else opening.then(then, () => {}); };
  const passing = new Passing(core, presets, { description: () => state.plan.cluster, edit: (description) => actions.edit(description), changed: () => schedule(), copy: copyAndSay, say: tell });

  const exporting = new Exporting(place('paper'), { shown: () => ({ state, ...ui, title: titleOf(), t: translator(ui.language) }), copy: copyAndSay, say: tell });
  const titleOf = () => presets.find(({ id }) => id === state.plan.cluster.preset)?.title ?? state.description.preset;

  /** @param {Description} description */
  function describe(description) {
    generation.stop();
    bring.mending.stop();
    if (!core.ready) return dispatch({ type: 'typed', description });
    const issued = state.phase === 'issued';
    try {
      dispatch({ type: 'described', description, plan: core.plan(description, ui.focus ?? undefined) });
    } catch (thrown) {
      dispatch({ type: 'refused', description, error: asCoreError(thrown) });
    }
    if (!state.imported) workshop.prepare(state.plan);
    else if (issued) bring.mending.restore();
    else bring.mending.propose();
  }

  /** @param {typeof history} to @param {'speech.undone' | 'speech.redone'} what */
  function travel(to, what) {
    acted(translator(ui.language)(what));
    describe((history = to).present);
  }

  /** @param {import('./state.js').Selection | null} selection */
  function choose(selection) {
    if (selection) focus.open(); else if (state.selection) focus.close(standsFor(state.selection));
    // Another authority is asked anew.
    ui.trust &&= selection?.kind === 'certificate' && state.selection?.kind === 'certificate' && selection.certificate === state.selection.certificate;
    dispatch({ type: 'selected', selection });
    ui.drawer = false;
    place('panel').scrollTop = 0;
  }

  function draw() {
    const t = translator(ui.language), { selection, phase } = state, refocus = focus.held();
    root.lang = ui.language;
    Object.assign(root.dataset, { theme: ui.theme, phase: ui.stuck ? 'stuck' : phase, drawer: ui.drawer ? 'open' : 'closed', selected: selection ? 'yes' : 'no', tour: tour.walk.on ? 'open' : 'closed' });
    document.title = t('title', { name: state.plan.cluster.name });
    place('skip').textContent = t('skip');
    place('form').setAttribute('aria-label', t('drawer'));
    place('panel').setAttribute('aria-label', t('panel'));
    // On a phone the walkthrough has the figure in itself, and the main part is away.
    place('panel').setAttribute('role', phone.matches && tour.walk.on ? 'main' : 'complementary');
    // Laid out and measured only when it changes: measuring costs the browser a layout.
    const from = [state.plan, ui.view, phone.matches, ui.language, ui.focus], fresh = from.some((part, i) => part !== drawn[i]);
    if (fresh) geometry = layout(state.plan, { view: ui.view, narrow: phone.matches, t, focus: ui.focus });
    drawn = from;
    const marks = marksOf(state, geometry, ui.current);
    const tools = formTools({ undo: history.past.length > 0, redo: history.future.length > 0 }, t, actions);
    render(topbar({ ...ui, title: titleOf() }, t, actions), place('topbar'));
    render(rail(state, workshop.status, ui.language, t, actions), place('rail'));
    if (whole) render(form(state, { ahead: { on: early.on, status: workshop.status }, view: ui.form, presets, tools }, ui.language, t, actions), place('form'));
    const shown = phone.matches ? (ui.listed ? 'list' : ui.view) : ui.table.on ? 'table' : ui.view, figured = shown === ui.view;
    root.dataset.listed = shown === 'list' ? 'yes' : 'no';
    const drawing = { marks, issued: phase === 'issued', whole: phase === 'issued' && !state.imported, judged: state.judged, t, stale: state.refusal !== null, life: (/** @type {string[]} */ ids) => lifeSentence(ids, state, t) };
    render(ui.stuck ? stuck(ui.stuck, ui.language) : shown === 'table' ? table(state, ui.table, t, actions) : shown === 'list' ? list(state, t, actions) : diagram(geometry, drawing), place('stage'));
    render(legend(ui.view, standings(state.judged), t), place('legend'));
    if (whole) render(side(state, { figure: slides.beside(tour, geometry, drawing, phone.matches), geometry, ui, byHand, again: comparison.of(state), kernels: ui.kernels, presets, status: workshop.status }, ui.language, t, actions), place('panel'));
    slides.draw(place('present'), tour, state, { language: ui.language, byHand }, drawing, actions);
    drawDialog(/** @type {HTMLDialogElement} */ (place('dialog')), passing.dialog, presets, ui.language, t, actions);
    drawBringing(/** @type {HTMLDialogElement} */ (place('bring')), bring, ui.language, t, actions);
    bytes.draw({ state, narrow: phone.matches, t, copy: actions.copy });
    trial.hear(state);
    lighting.apply();
    lens.apply();
    if (figured && (fresh || !fitted)) fit(place('stage'));
    fitted = figured;
    motion.follow(geometry, state.judged, place('stage'));
    render(bar(state, shown, ui.drawer, zoom(lens, t), phone.matches, t, actions), place('bar'));
    refocus();
    say(announcement(state, t, ui.language));
  }

  place('bring').addEventListener('cancel', (event) => { event.preventDefault(); bring.dismiss(); });
  droppable((transfer) => { if (!passing.takes(transfer)) bring.drop(transfer); });
  place('dialog').addEventListener('cancel', (event) => { event.preventDefault(); passing.dismiss(); });
  guard(() => state);
  single(place('rail'));
  walkable(place('stage'), { geometry: () => geometry, choose(shape) { ui.current = shape; choose(ofShape(shape, geometry, state.selection)); }, goTo(shape) { ui.current = shape; draw(); } });
  const lens = new Lens(place('stage'), () => geometry, schedule);
  const lighting = new Lighting(place('stage'), { geometry: () => geometry, chosen: () => lookedFor(state.selection, ui.trust) ?? bring.looked(state), lights: (looked) => (looked ? lights(state.plan, geometry, looked) : tour.lights(geometry)) });
  shortcuts({
    busy: () => passing.dialog !== null || bytes.open || bring.view.open || tour.walk.presenting, undo: () => actions.undo(), redo: () => actions.redo(),
    leave() { if (ui.drawer) actions.drawer(false); else if (state.selection) actions.select(null); else if (tour.walk.on) tour.leave(); },
  });
  const leaveDrawer = (/** @type {Event} */ event) => {
    // The button opens and closes it; who comes to it by Tab has left the drawer, which may cover it.
    if (ui.drawer && !/** @type {Element} */ (event.target).closest('#form, dialog, .drawerbutton:not(:focus-visible)')) { ui.drawer = false; schedule(); }
  };
  for (const leaving of ['pointerdown', 'focusin']) addEventListener(leaving, leaveDrawer);
  for (const change of ['online', 'offline']) addEventListener(change, schedule);
  // The reader's own fonts and spacing change how wide words are. The first call tells nothing new.
  let gauged = false;
  new ResizeObserver(() => { if (gauged) fit(place('stage')); gauged = true; }).observe(place('gauge'));
  phone.addEventListener('change', schedule);
  dark.addEventListener('change', () => { if (!remembered('theme')) { ui.theme = dark.matches ? 'dark' : 'light'; schedule(); } });
  for (const id of ['topbar', 'stage']) place(id).replaceChildren();
  draw();
  showWorkshop = schedule;
  painted().then(() => {
    whole = true;
    workshop.prepare(state.plan);
    schedule();
  });
  opening.then(({ kernels }) => {
    ui.kernels = kernels;
    if (state.description !== state.plan.cluster) {
      const wanted = state.phase === 'generating';
      describe(state.description);
      // Whoever pressed Generate before what was typed could be planned meant that.
      if (wanted) actions.start();
    }
    passing.listen();
    tour.listen();
    schedule();
  }).catch((thrown) => {
    ui.stuck = thrown;
    workshop.forget();
    schedule();
  });
}
