// Drawing a signature. What is drawn travels as a picture when the form is sent; the typed way needs none of this.
import SignaturePad from './vendor/signature_pad.min.js';

const form = document.getElementById('signature');
const canvas = document.getElementById('drawing');
const pad = new SignaturePad(canvas, { penColor: '#1c2326', minWidth: 1, maxWidth: 3 });

const WIDEST = 1200;
const HIGHEST = 500;

// The canvas has as many dots as the screen shows, within what is taken; what was drawn is drawn again when it changes size.
function fit() {
  if (!canvas.offsetWidth) return;
  const ratio = Math.min(window.devicePixelRatio || 1, WIDEST / canvas.offsetWidth, HIGHEST / canvas.offsetHeight);
  const drawn = pad.toData();
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext('2d').scale(ratio, ratio);
  pad.fromData(drawn);
}

new ResizeObserver(fit).observe(canvas);
document.getElementById('clear').addEventListener('click', () => pad.clear());
form.addEventListener('submit', () => {
  const drawn = form.elements.method.value === 'drawn' && !pad.isEmpty();
  form.elements.drawing.value = drawn ? pad.toDataURL('image/png') : '';
});
