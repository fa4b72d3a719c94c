-- What people coded and corrected; nothing is ever changed.
create table notes (
    number bigserial primary key, event text not null, digest text not null, at text not null,
    by text not null, lines bytea not null, unique (event, digest)
);

do $$ begin
    grant select on notes to parallax_reader, parallax_writer;
    grant insert on notes to parallax_writer;
    grant usage on sequence notes_number_seq to parallax_writer;
exception when undefined_object then null;
end $$;
