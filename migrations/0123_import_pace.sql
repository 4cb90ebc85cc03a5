-- Since when a run is under way without a break, and how many records it had seen by then: how fast it is.
alter table import add column running_since timestamptz, add column seen_before bigint;
