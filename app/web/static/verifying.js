// The file to check stays in the browser: its SHA-256 is worked out here and only that is sent. A file we do not know by its hash
// is not ours or was changed; where the browser cannot hash, the form sends the file as it is.
const form = document.getElementById('verify');
const LARGEST = 100 * 1024 * 1024;

if (form && window.crypto && window.crypto.subtle) {
  document.getElementById('sent').hidden = true;
  document.getElementById('kept').hidden = false;
  form.addEventListener('submit', async (event) => {
    const [file] = form.elements.file.files;
    if (!file || file.size > LARGEST) return;
    event.preventDefault();
    const digest = await window.crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    form.elements.sha256.value = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    form.elements.name.value = file.name;
    form.elements.file.disabled = true;
    form.submit();
  });
}
