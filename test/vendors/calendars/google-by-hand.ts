import {
	httpClient,
	type Http,
	type HttpRequest,
	type HttpResponse,
} from '../../../lib/runtime/http';
import { PipelineError } from '../../../lib/domain/errors';

interface Stored {
	id: string;
	status: string;
	start: { dateTime: string };
	end: { dateTime: string };
	[field: string]: unknown;
}

const refusal = (status: number, reason: string): HttpResponse => ({
	status,
	headers: {},
	body: { error: { code: status, message: reason, errors: [{ domain: 'global', reason }] } },
});
const answer = (body: unknown, status = 200): HttpResponse => ({ status, headers: {}, body });

export interface GoogleByHand {
	readonly http: Http;
	readonly requests: HttpRequest[];
	readonly events: Map<string, Stored>;
	busy: Array<{ start: string; end: string }>;
	/** Answers or throws instead of the next calls, in order; undefined lets one through. */
	readonly next: Array<((request: HttpRequest) => HttpResponse | undefined) | undefined>;
}

/** One Google calendar in memory, with the answers of the real one: ids are unique for ever, a cancelled event is still there. */
export function googleByHand(calendarId = 'grace@example.com'): GoogleByHand {
	const events = new Map<string, Stored>();
	const google: GoogleByHand = {
		requests: [],
		events,
		busy: [],
		next: [],
		http: httpClient(
			async (request) => {
				google.requests.push(request);
				const special = google.next.shift()?.(request);
				return special ?? handle(request);
			},
			{ vendor: 'google-calendar', sleep: async () => {}, random: () => 0 },
		),
	};

	function handle(request: HttpRequest): HttpResponse {
		const { pathname } = new URL(request.url);
		const parts = pathname.split('/').slice(3).map(decodeURIComponent);
		if (parts[0] === 'freeBusy') return freeBusy(request);
		if (parts[1] !== calendarId) return refusal(404, 'notFound');
		if (request.method === 'POST') return insert(request.body as Record<string, unknown>);
		const event = events.get(parts[3] ?? '');
		if (!event) return refusal(404, 'notFound');
		if (request.method === 'GET') return answer(event);
		if (event.status === 'cancelled') return refusal(410, 'deleted');
		event.status = 'cancelled';
		return answer('', 204);
	}

	function freeBusy({ body }: HttpRequest): HttpResponse {
		const { items } = body as { items: Array<{ id: string }> };
		const booked = [...events.values()]
			.filter(({ status }) => status === 'confirmed')
			.map(({ start, end }) => ({ start: start.dateTime, end: end.dateTime }));
		const calendars = items.map(({ id }) => [
			id,
			id === calendarId
				? { busy: [...google.busy, ...booked] }
				: { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] },
		]);
		return answer({ kind: 'calendar#freeBusy', calendars: Object.fromEntries(calendars) });
	}

	function insert(body: Record<string, unknown>): HttpResponse {
		const id = String(body['id']);
		if (events.has(id)) return refusal(409, 'duplicate');
		const video = body['conferenceData']
			? { hangoutLink: `https://meet.google.com/${id.slice(0, 3)}` }
			: {};
		const htmlLink = `https://www.google.com/calendar/event?eid=${id.slice(0, 8)}`;
		const event = { ...body, ...video, id, htmlLink, status: 'confirmed' } as unknown as Stored;
		events.set(id, event);
		return answer(event);
	}

	return google;
}

/** The write is done and its answer lost. */
export const lostAfterWrite =
	(google: GoogleByHand, code: 'TIMEOUT' | 'UPSTREAM_UNAVAILABLE' = 'TIMEOUT') =>
	(request: HttpRequest): never => {
		const body = request.body as Record<string, unknown>;
		google.events.set(String(body['id']), {
			...(body as unknown as Stored),
			id: String(body['id']),
			status: 'confirmed',
		});
		throw new PipelineError(code, 'google-calendar gave no answer', { vendor: 'google-calendar' });
	};

export const refuse = (status: number, reason: string) => () => refusal(status, reason);

export const lost = (): never => {
	throw new PipelineError('TIMEOUT', 'google-calendar gave no answer', {
		vendor: 'google-calendar',
	});
};
