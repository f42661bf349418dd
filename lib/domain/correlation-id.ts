/** Letters that survive a log line, a header and a URL. */
const SANE = /^[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}$/;

/** The first header by which a caller names its request, if its value is fit to be repeated. */
export function incomingCorrelationId(
	headers: Readonly<Record<string, unknown>>,
): string | undefined {
	const named = [headers['x-correlation-id'], headers['x-request-id']];
	return named.find((value): value is string => typeof value === 'string' && SANE.test(value));
}
