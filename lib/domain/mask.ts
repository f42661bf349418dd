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
