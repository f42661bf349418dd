import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPersonas, personaNamed } from '../../sandbox/personas';
import { team } from '../../sandbox/team';

describe('personas', () => {
	const personas = loadPersonas();

	it('has one for every way a lead can go', () => {
		expect(personas.map(({ name }) => name)).toEqual([
			...['dst-night', 'existing-customer', 'low-score', 'no-phone', 'nobody-knows', 'non-ascii'],
			...['nordic', 'opted-out', 'perfect', 'personal-address', 'second-provider', 'wrong-company'],
		]);
	});

	it('gives the known customer an owner from the team', () => {
		const owner = personaNamed(personas, 'existing-customer').crm?.properties['hubspot_owner_id'];
		expect(team.map(({ hubspotOwnerId }) => hubspotOwnerId)).toContain(owner);
	});

	it('names those there are', () => {
		expect(() => personaNamed(personas, 'nobody')).toThrow(/There are: dst-night, /);
	});

	it.each([
		['form.fields', { fields: { firstName: 'A' } }],
		['form.submittedAt', { fields: { email: 'a@b.com' }, submittedAt: 'yesterday' }],
	])('says which file and field is wrong: %s', (field, form) => {
		const folder = mkdtempSync(join(tmpdir(), 'personas-'));
		const rest = { description: 'x', apollo: null, hunter: null, expect: 'x' };
		const persona = { name: 'odd', ...rest, form: { event: 'e', formId: 'f', ...form } };
		writeFileSync(join(folder, 'odd.json'), JSON.stringify(persona));
		expect(() => loadPersonas(folder)).toThrow(new RegExp(`odd\\.json: ${field}: `));
	});

	it('says when a file is not JSON or not named after its persona', () => {
		const folder = mkdtempSync(join(tmpdir(), 'personas-'));
		writeFileSync(join(folder, 'bad.json'), '{');
		expect(() => loadPersonas(folder)).toThrow(/bad\.json: not JSON/);
	});
});
