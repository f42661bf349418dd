/** `maria.keller@example.com` -> `m***@example.com`. Personal data never goes whole into a message. */
export function maskEmail(email: string): string {
	const at = email.lastIndexOf('@');
	return at < 1 ? '***' : `${email[0]}***${email.slice(at)}`;
}

/** A value as it may appear in an error: addresses masked, digits of long numbers hidden, 60 characters at most. */
export function maskValue(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	const masked = text
		// What comes later is not shown, and to search it would take quadratic time.
		.slice(0, 500)
		.replace(/[\w.+-]+@[\w.-]*/g, maskEmail)
		.replace(/\+?\d[\d\s().-]{5,}\d/g, (digits) => `${digits.slice(0, 3)}***${digits.slice(-2)}`);
	return `"${masked.length > 60 ? `${masked.slice(0, 59)}…` : masked}"`;
}

/** `203.0.113.7` -> `203.0.113.***`, `2001:db8:1:2::3` -> `2001:db8:1:***`: enough to see a pattern, not a person. */
export function maskAddress(address: string): string {
	if (address === '') return 'an unknown address';
	const dotted = address.lastIndexOf('.');
	if (dotted > 0) return `${address.slice(0, dotted)}.***`;
	return `${address.split(':').slice(0, 3).join(':')}:***`;
}
