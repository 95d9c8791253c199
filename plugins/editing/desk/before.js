// Decap CMS begins as soon as it is read unless told to wait; our widgets come first.
window.CMS_MANUAL_INIT = true;
