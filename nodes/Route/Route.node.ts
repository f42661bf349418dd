import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, sleep } from 'n8n-workflow';
import { answerBy, assign, noteOf } from '../../lib/domain/assignment';
import type { Owner } from '../../lib/domain/owner';
import { existingOwner, plan } from '../../lib/domain/route';
import { subjectOfPerson } from '../../lib/runtime/store/subject';
import { eachItem, type LeadItem, type Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { hints, properties } from './fields';
import { readIdentity, readOwnerList, readPools, type RouteOptions } from './read-route';
import { nextTurn, settle, type Settled } from './turn';

const DAY_MS = 86_400_000;

export class Route implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Route',
		name: 'route',
		icon: { light: 'file:route.svg', dark: 'file:route.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ ($parameter.pools?.values ?? []).map((pool) => pool.name).join(", ") }}',
		description: 'Give each lead to one owner, in turn, with an answer deadline in working time',
		defaults: { name: 'Route' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Assigned', 'Fallback'],
		usableAsTool: true,
		parameterPane: 'wide',
		credentials: storeCredentials(),
		hints: [...hints, ...queueModeHints()],
		properties: [...properties, ...storeFields()],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// One item after the other, so that the turns follow the order of the items.
		return await eachItem(this, { stage: 'routed', outputs: 2 }, (item) => route(this, item));
	}
}

async function route(node: IExecuteFunctions, { index, json }: LeadItem): Promise<Outcome> {
	const options = node.getNodeParameter('options', index, {}) as RouteOptions;
	const owners = readOwnerList(node, index);
	const request = {
		owners,
		pools: readPools(node, index),
		fallback: String(node.getNodeParameter('fallbackOwner', index, '')).trim(),
		existing: String(options.keepExistingOwner ?? ''),
		preferWorkingNow: options.preferWorkingNow ?? true,
		now: Date.now(),
	};
	const workflow = String(node.getWorkflow().id ?? 'unsaved');
	const draw = async () => {
		const planned = plan(request);
		const turn =
			planned.kind === 'turn'
				? await nextTurn(await openStore(node), workflow, planned.pool, request.now)
				: 0;
		return assign(planned, turn);
	};
	const { email, phone, event, leadKey } = readIdentity(json, options);
	const settled = existingOwner(request)
		? { assignment: await draw(), assignedAt: request.now, repeated: false }
		: await settle(
				{
					store: await openStore(node),
					scope: `route:v1:${workflow}:${node.getNode().id}`,
					leadKey,
					subject: subjectOfPerson({ email, phone }),
					event,
					rememberMs: Number(options.rememberDays ?? 30) * DAY_MS,
					now: Date.now,
					sleep,
				},
				owners,
				draw,
			);
	const minutes = Number(node.getNodeParameter('slaMinutes', index, 15));
	return {
		output: settled.assignment.outcome === 'assigned' ? 0 : 1,
		add: { route: describe(settled, minutes) },
		note: noteOf(settled.assignment, owners),
	};
}

function describe({ assignment, assignedAt, repeated }: Settled, minutes: number): IDataObject {
	const { outcome, pool, owner, reason, turn, candidates } = assignment;
	return {
		outcome,
		...(pool !== undefined && { pool }),
		owner: describeOwner(owner),
		reason,
		...(turn !== undefined && { turn }),
		candidates: candidates.map((one) => ({ ...one })),
		sla: answerBy(owner, minutes, assignedAt),
		assignedAt: new Date(assignedAt).toISOString(),
		repeated,
	};
}

const describeOwner = ({ hours, ...owner }: Owner): IDataObject => ({
	...(owner.id && { id: owner.id }),
	name: owner.name,
	email: owner.email,
	crmOwnerId: owner.crmOwnerId,
	calendarId: owner.calendarId,
	slackId: owner.slackId,
	timezone: hours.timezone,
	hours: { days: [...hours.days], start: hours.start, end: hours.end },
});
