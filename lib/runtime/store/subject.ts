export { subjectOf, subjectOfPerson } from '../../domain/subject';
