import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { calendars } from '../../lib/vendors/calendars';
import type { Calendar } from '../../lib/vendors/calendars/port';
import { openHttp } from '../shared/transport';

/** For all calls of one item: less than the leases that are held meanwhile. */
const BUDGET_MS = 45_000;

/** The chosen calendar system, signed with the node's credential. */
export function openCalendar(
	node: IExecuteFunctions | ILoadOptionsFunctions,
	provider: string,
	correlationId?: string,
): Calendar {
	const vendor = calendars.find(({ id }) => id === provider);
	if (!vendor) {
		throw new PipelineError('CONFIG_INVALID', `'${provider}' is not a calendar provider`);
	}
	const { credential, title, oauth2 } = vendor;
	const deadlineAt = Date.now() + BUDGET_MS;
	return vendor.open(
		openHttp(node, {
			vendor: `${provider}-calendar`,
			credential,
			title,
			oauth2,
			deadlineAt,
			correlationId,
		}),
	);
}
