import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, sleep } from 'n8n-workflow';
import { book, findSlots, type Desk } from '../../lib/vendors/book-meeting';
import { calendars } from '../../lib/vendors/calendars';
import { eachItem, type LeadItem, type Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { describeBooked, describeSlots } from './describe';
import { properties } from './fields';
import { openCalendar } from './open-calendar';
import { readWish } from './read-meeting';

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = ({ operation }: IDataObject) => [
	{ type: 'main', displayName: operation === 'findSlots' ? 'Slots' : 'Booked' },
	{ type: 'main', displayName: 'No Slot' },
];

export class ScheduleMeeting implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Schedule Meeting',
		name: 'scheduleMeeting',
		icon: { light: 'file:scheduleMeeting.svg', dark: 'file:scheduleMeeting.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter.operation === "book" ? "book meeting" : "find slots" }}',
		description: "Book the lead into the owner's calendar, once, at a time that suits both",
		defaults: { name: 'Schedule Meeting' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter)}}`,
		usableAsTool: true,
		parameterPane: 'wide',
		credentials: [
			...calendars.map(({ id, credential }) => ({
				name: credential,
				required: true,
				displayOptions: { show: { '/provider': [id] } },
			})),
			...storeCredentials({ operation: ['book'] }),
		],
		hints: queueModeHints(),
		properties: [...properties, ...storeFields({ operation: ['book'] })],
	};

	methods = {
		listSearch: {
			async searchCalendars(
				this: ILoadOptionsFunctions,
				filter = '',
			): Promise<INodeListSearchResult> {
				const provider = String(this.getCurrentNodeParameter('provider') ?? 'google');
				const found = await openCalendar(this, provider).calendars();
				const wanted = ({ title, id }: { title: string; id: string }) =>
					`${title} ${id}`.toLowerCase().includes(filter.toLowerCase());
				return {
					results: found.filter(wanted).map(({ id, title }) => ({ name: title || id, value: id })),
				};
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await eachItem(this, { stage: 'scheduled', outputs: 2, concurrency: 4 }, (item) =>
			schedule(this, item),
		);
	}
}

async function schedule(node: IExecuteFunctions, item: LeadItem): Promise<Outcome> {
	const operation = node.getNodeParameter('operation', item.index);
	const provider = String(node.getNodeParameter('provider', item.index));
	const wish = readWish(node, item, String(operation));
	const desk: Desk = {
		calendar: openCalendar(node, provider, item.correlationId),
		store: await openStore(node),
		now: Date.now,
		sleep,
	};
	if (operation === 'book') return describeBooked(await book(desk, wish), wish, provider);
	const limit = Number(node.getNodeParameter('slotCount', item.index, 3));
	return describeSlots(await findSlots(desk, wish, limit), wish, provider);
}
