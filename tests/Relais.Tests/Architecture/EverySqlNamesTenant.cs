using System.Text.RegularExpressions;
using Relais.Storage;
using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>Row-level security is the second lock; the first is that every statement over a tenant's table says which tenant.</summary>
public sealed class EverySqlNamesTenant
{
    private static readonly Regex Create = Pattern(@"CREATE TABLE (?<table>\w+) \((?<columns>.*?)\);");
    private static readonly Regex Table = Pattern(@"\b(FROM|JOIN|INTO|UPDATE)\s+(?<table>\w+)");
    private static readonly Regex Tenant = Pattern(@"\btenant_id\b");
    private static readonly Regex Space = Pattern(@"\s+");

    /// <summary>Statements of the pipeline that are keyed otherwise: type, how the statement begins, and why that is enough.</summary>
    private static readonly (string Type, string Begins, string Why)[] KeyedOtherwise =
    [
        ("OutboxStore", "SELECT r.lane_key, (SELECT x.due_at - {now} FROM outbox x WHERE x.conversation_id = r.lane_key",
            "The lanes are ones this worker holds, and a conversation's id is unique in the installation; it returns a time and nothing else."),
        ("OutboxStore", "SELECT r.lane_key, (SELECT x.message_id FROM outbox x WHERE x.conversation_id = r.lane_key",
            "The lanes are ones this worker holds, and a conversation's id is unique in the installation; what it finds is read with its tenant."),
        ("OutboxStore", "UPDATE outbox SET due_at = due_at - @by", "The database's clock was set back, under every tenant at once; it returns nothing."),
        ("InboxStore", "SELECT id FROM inbox WHERE channel = @channel AND address = @Address",
            "Finds the tenant: a provider address is unique in the installation. The environment's set-up asks, never a request."),
        ("InboxStore", "UPDATE inbox SET connection_id = @connectionId,",
            "The id is the one that the look-up by address gave in the same transaction; the inbox may belong to another tenant than the default."),
        ("AgentStore", "UPDATE membership SET disabled_at = @now WHERE agent_id = @id",
            "A person is disabled in every tenant at once; the agent's id is unique in the installation."),
        ("AgentStore", "UPDATE session SET revoked_at = @now WHERE agent_id = @id", "The same act ends their sessions everywhere."),
        ("PlatformUserStore", "SELECT a.id AS", "The platform administrator's list of everybody: when one last used a session, of whichever tenant."),
        ("SessionStore", "UPDATE session SET last_used_at = @now WHERE id = @id", "The session was found by the hash of its token, before any tenant is known."),
        ("SessionStore", "UPDATE session SET revoked_at = @now WHERE id = @id", "The session was found by the hash of its token, before any tenant is known."),
        ("SessionStore", "UPDATE session SET revoked_at = @now WHERE agent_id = @agentId AND kind = 'session' AND id <> @keep",
            "Whoever chooses a new password ends their other sessions, whatever tenant they were for."),
        ("SessionStore", "DELETE FROM session WHERE agent_id = @AgentId AND kind = 'session'", "Old sessions of one person go, whatever tenant they were for."),
        ("EntranceStore", "UPDATE session SET token_hash = @tokenHash",
            "The session a platform administrator came from, their own, may belong to no tenant; it is found by the one they leave and by who they are."),
        ("SessionStore", "UPDATE session SET token_hash = @tokenHash WHERE id = @id", "A session changes its token at a change of what it may do; it was found by the hash of the old one."),
        ("OwnSessionStore", "SELECT id AS \"Id\", address AS \"Address\"", "A person's own sessions, whatever tenant they are for: the id is the signed-in person's."),
        ("OwnSessionStore", "UPDATE session SET revoked_at = @now WHERE id = @id AND agent_id = @agentId", "The same: only a session of the signed-in person ends."),
        ("ResetStore", "SELECT count(*) FROM agent a WHERE a.id = @agentId", "Whether somebody can sign in anywhere: a password is the person's, not a tenant's."),
        ("TotpStore", "UPDATE membership SET has_totp = 1 WHERE agent_id = @agentId", "An authenticator app is the person's, in every tenant of theirs."),
        ("TotpStore", "UPDATE membership SET has_totp = 0 WHERE agent_id = @agentId", "The same, taken away."),
        ("AuditStore", "FROM audit_entry WHERE", "Both readers begin it with whose lines they want: of one tenant, or those of the platform's administrator."),
        ("ApiKeyStore", "SELECT expires_at FROM session WHERE token_hash = @tokenHash", "The session is found by the hash of its token, before any tenant is known."),
        ("TenantStore", "UPDATE tenant SET name = @name WHERE (SELECT count(*) FROM tenant) = 1", "Only where there is one tenant, which is the one."),
    ];

    [Fact]
    public void Every_statement_of_a_store_over_a_tenants_table_mentions_the_tenant()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var violations = new List<string>();
        foreach (var (type, sql) in Statements())
        {
            if (KeyedOtherwise.FirstOrDefault(k => k.Type == type && sql.StartsWith(k.Begins, StringComparison.Ordinal)) is { Type: not null } known)
            {
                used.Add(known.Begins);
            }
            else
            {
                violations.Add($"{type}: {sql[..Math.Min(sql.Length, 160)]}");
            }
        }

        violations.ShouldBeEmpty();
        KeyedOtherwise.Select(k => k.Begins).Except(used).ShouldBeEmpty("an exception nobody needs any more goes away");
    }

    [Fact]
    public void The_tables_of_tenants_are_the_ones_this_test_thinks_of()
    {
        var tables = TenantTables();
        tables.ShouldContain("message");
        tables.ShouldContain("outbox");
        tables.ShouldNotContain("received_webhook");
        tables.Intersect(PostgresRoles.PipelineOnly).ShouldBeEmpty();
    }

    /// <summary>What does not name the tenant, of the types that hold SQL of their room.</summary>
    private static IEnumerable<(string Type, string Sql)> Statements()
    {
        var tables = TenantTables();
        return
            from type in RelaisAssembly.Types
            let owner = RelaisAssembly.Outermost(type).Name
            where owner.EndsWith("Store", StringComparison.Ordinal)
            from text in RelaisAssembly.Strings(type)
            let sql = Space.Replace(text, " ").Trim()
            where Table.Matches(sql).Any(m => tables.Contains(m.Groups["table"].Value)) && !Tenant.IsMatch(sql)
            select (owner, sql);
    }

    private static HashSet<string> TenantTables() =>
        [.. Migrator.All.SelectMany(m => Create.Matches(m.Sql)).Where(m => Tenant.IsMatch(m.Groups["columns"].Value)).Select(m => m.Groups["table"].Value)];

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
}
