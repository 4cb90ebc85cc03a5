import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { firstName } from '#people/first-name.ts'

test('a greeting finds the first name, or says none', () => {
  const names = {
    'Hans Müller': 'Hans',
    Eva: 'Eva',
    'Müller, Hans': 'Hans',
    'Dr. Hans Müller': 'Hans',
    'Frau Prof. Dr. med. Eva Schmidt': 'Eva',
    'Müller, Dr. Hans': 'Hans',
    "'Max Muster'": 'Max',
    '"Muster, Max"': 'Max',
    'van der Berg, Eva': 'Eva',
    'Hans-Peter von Thal': 'Hans-Peter',
    'Smith, John (ACME Ltd.)': 'John',
    'Cy Lang | Lamps': 'Cy',
    'Cy Lang via Support': 'Cy',
    'Mr. John Smith': 'John',
    'Hans Müller, Dr.': 'Hans',
    'John Smith, PhD': 'John',
    "O'Brien, Pat": 'Pat',
    山田太郎: '山田太郎',
    'Herr Müller': '',
    'Dr. Müller': '',
    'Mrs Smith': '',
    'van der Berg': '',
    'H. Müller': '',
    'Müller GmbH': '',
    'Support Team': '',
    'cy@customer.example': '',
    '': '',
  }
  for (const [name, first] of Object.entries(names)) equal(firstName(name), first, name)
})
