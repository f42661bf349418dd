import { createHash } from 'node:crypto';
import { isObject, textOf, type Json } from '../request';

/** The Meet link asked for by `conferenceData.createRequest`; only with conferenceDataVersion=1. */
export function conference(body: Json, query: URLSearchParams): Json {
	const data = body['conferenceData'];
	const request = isObject(data) ? data['createRequest'] : undefined;
	if (query.get('conferenceDataVersion') !== '1' || !isObject(request))
		return { conferenceData: undefined };
	const code = meetCode(textOf(request['requestId']) ?? '');
	const uri = `https://meet.google.com/${code}`;
	return {
		hangoutLink: uri,
		conferenceData: {
			createRequest: {
				conferenceSolutionKey: { type: 'hangoutsMeet' },
				...request,
				status: { statusCode: 'success' },
			},
			entryPoints: [{ entryPointType: 'video', uri, label: `meet.google.com/${code}` }],
			conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
			conferenceId: code,
		},
	};
}

/** The same request id gives the same room: `abc-defg-hij`. */
function meetCode(requestId: string): string {
	const digest = createHash('sha256').update(requestId).digest();
	const letters = [...digest.subarray(0, 10)].map((byte) => String.fromCharCode(97 + (byte % 26)));
	return `${letters.slice(0, 3).join('')}-${letters.slice(3, 7).join('')}-${letters.slice(7).join('')}`;
}
