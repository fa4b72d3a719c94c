-- Articles by what they say, the files they came from, what could not be read, and comparisons.
create table parallax_schema (version integer primary key, at timestamptz not null default now());

create table files (
    digest text primary key, name text not null, at text not null, by text not null,
    rows integer not null, failures integer not null
);
create table articles (
    key text primary key, outlet text not null, page text not null, day text,
    stems text[] not null, line bytea not null
);
create index articles_by_day on articles (day);
create index articles_by_page on articles (outlet, page);
create index articles_by_word on articles using gin (stems);
create table failures (
    digest text not null references files (digest), number integer not null, line bytea not null,
    primary key (digest, number)
);
create table comparisons (
    event text not null, inputs text not null, at text not null, by text not null,
    comparison bytea not null, primary key (event, inputs)
);

-- Roles belong to the whole server; another database of it may have made them.
do $$ begin
    if not exists (select from pg_roles where rolname = 'parallax_reader') then
        create role parallax_reader nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'parallax_writer') then
        create role parallax_writer nologin;
    end if;
exception when insufficient_privilege or duplicate_object or unique_violation then
    raise notice 'roles were not made; an administrator can: see docs/scale.md';
end $$;
do $$ begin
    grant select on parallax_schema, files, articles, failures, comparisons to parallax_reader, parallax_writer;
    grant insert on files, articles, failures, comparisons to parallax_writer;
    grant update on articles to parallax_writer;
exception when undefined_object then null;
end $$;
