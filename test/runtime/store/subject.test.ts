import { subjectOf, subjectOfPerson } from '../../../lib/runtime/store/subject';
import { subjectOf as subjectOfLead } from '../../../lib/vendors/lookup-cache';
import { lead } from '../../leads';

it('is one for every spelling of an address, and says nothing', () => {
	expect(subjectOf(' Ada@Example.com')).toBe(subjectOf('ada@example.com'));
	// printf ada@example.com | sha256sum
	expect(subjectOf('ada@example.com')).toBe(
		'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
	);
});

it('is that of the number where there is no address, also for what providers have said', () => {
	const phone = '+4930901820';
	expect(subjectOfPerson({ email: 'ada@example.com', phone })).toBe(subjectOf('ada@example.com'));
	expect(subjectOfPerson({ phone })).toBe(subjectOf(phone));
	expect(subjectOfPerson({})).toBeUndefined();
	const nameless = lead({ identity: { phone } });
	expect(subjectOfLead({ ...nameless, identity: { ...nameless.identity, email: undefined } })).toBe(
		subjectOf(phone),
	);
});
