/** Said to the user for every sender whose signature has no time in it. */
export const NO_CLOCK =
	'The signature has no time in it: a recorded delivery can be sent again. Dedupe drops it by its event id.';

/** Where, on top of that, the id travels in a header that is not signed. */
export const NO_CLOCK_NO_ID =
	'Neither the time nor the delivery id is signed: a recorded delivery can be sent again under another id.';
