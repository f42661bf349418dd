const NOTHING_SIGNED =
	'Nothing is signed: the body can be changed on the way, and a recorded delivery can be sent again.';

export const TOKEN_IN_URL = `${NOTHING_SIGNED} Whoever learns the URL, which proxies and logs write down, can send anything.`;
export const TOKEN_IN_HEADER = `${NOTHING_SIGNED} Whoever learns the token can send anything.`;
