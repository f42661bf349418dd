import fc from 'fast-check';
import { sources } from '../../../lib/vendors/sources';
import { recognise, sourceNamed } from '../../../lib/vendors/sources/recognise';
import { hintsOf, leadOf, NOBODY, recordings, recordOf, recordsOf } from './recordings';

describe('who sent it', () => {
	it.each([...recordings])(
		'%s is known by its sender, and taken for nobody else',
		(_, recording) => {
			const { source, payload } = recording;
			const claimants = sources.filter((one) => one.recognises(payload, hintsOf(recording)));
			expect(claimants.map(({ id }) => id)).toEqual(source === 'form' ? [] : [source]);
			expect(recognise(payload, hintsOf(recording)).id).toBe(source);
		},
	);

	it('is a form for anything else', () => {
		for (const payload of [{}, [], [1], null, 'text', 7, { email: 'a@b.co' }, [{ id: 1 }]]) {
			expect(sources.filter((one) => one.recognises(payload, NOBODY))).toEqual([]);
			expect(recognise(payload, NOBODY).id).toBe('form');
		}
	});

	it('is nobody where a list holds the events of two', () => {
		const payload = ['sendgrid', 'hubspot-events'].flatMap(
			(name) => recordings.get(name)?.payload as unknown[],
		);
		expect(recognise(payload, NOBODY).id).toBe('form');
	});

	it('can be chosen by hand', () => {
		for (const { id, title, docs } of sources) {
			expect(sourceNamed(id)?.title).toBe(title);
			expect(URL.canParse(docs)).toBe(true);
		}
		expect(sourceNamed('nobody')).toBeUndefined();
	});

	it('never fails on what nobody sends, whoever is chosen', () => {
		const names = ['event', 'payload', 'data', 'properties', 'form_response', 'type', 'answers'];
		const { payload } = fc.letrec((tie) => ({
			payload: fc.oneof(
				{ depthSize: 'small' },
				fc.jsonValue({ maxDepth: 2 }),
				fc.dictionary(fc.constantFrom(...names), tie('payload')),
				fc.array(tie('payload'), { maxLength: 3 }),
			),
		}));
		fc.assert(
			fc.property(payload, (value) => {
				recognise(value, NOBODY);
				for (const source of sources) source.read(value, NOBODY);
			}),
			{ numRuns: 300 },
		);
	});
});

it.each([...recordings.keys()])('%s: every event has an id of its own', (name) => {
	const ids = recordsOf(name).map(({ eventId }) => eventId);
	expect(new Set(ids).size).toBe(ids.length);
});

describe('a form', () => {
	it('is read by the usual names, a company inside it too', () => {
		expect(leadOf(recordOf('form')).lead).toMatchObject({
			identity: { email: 'dana.whitfield@northwind-analytics.com' },
			person: { firstName: 'Dana', fullName: 'Dana' },
			company: { name: 'Northwind Analytics', employeeCount: 1200 },
			consent: { channels: { email: true } },
			source: { system: 'form', event: 'webform_submitted', eventId: 'evt-1' },
		});
	});

	it("reads a company that is written in HubSpot's old way", () => {
		const company = { value: 'Northwind', versions: [] };
		const [record] = recognise({}, NOBODY).read({ properties: { company } }, NOBODY);
		expect(record?.fields).toMatchObject({ companyName: 'Northwind' });
	});

	it('loses no field whose name is in another script', () => {
		const [record] = recognise({}, NOBODY).read({ 姓名: '王', 公司: '北', Prénom: 'Zoë' }, NOBODY);
		expect(record?.custom).toEqual({ 姓名: '王', 公司: '北', Prénom: 'Zoë' });
	});

	it('says which system it speaks for', () => {
		expect(leadOf(recordOf('form-service-request')).lead).toMatchObject({
			identity: { externalIds: { hubspot: '151' } },
			source: { system: 'hubspot', recordId: '151' },
		});
	});
});
