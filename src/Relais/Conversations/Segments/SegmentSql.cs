using System.Globalization;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations.Segments;

/// <summary>A condition over <c>contact k</c>, with the values of its parameters; both engines take it.</summary>
/// <param name="Sql">In parentheses; it reads other tables by k.tenant_id alone.</param>
/// <param name="Parameters">Named seg0, seg1 …</param>
internal sealed record SegmentCondition(string Sql, IReadOnlyDictionary<string, object> Parameters)
{
    /// <summary>The parameters with others of the statement.</summary>
    public Dictionary<string, object> With(params (string Name, object Value)[] others)
    {
        var all = new Dictionary<string, object>(Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        return all;
    }
}

/// <summary>
/// Rules as SQL. Nothing that a person wrote stands in the text: values are parameters. Each condition is true or false, never null, so
/// that its opposite is the rest.
/// </summary>
internal static class SegmentSql
{
    private const string LastInbound = "(SELECT max(c.last_inbound_at) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id)";

    private const string Language = """
        coalesce(k.language, (SELECT l.language FROM conversation l WHERE l.tenant_id = k.tenant_id AND l.contact_id = k.id
          AND l.language IS NOT NULL ORDER BY l.id DESC LIMIT 1), '')
        """;

    private const string HasOrder = "EXISTS (SELECT 1 FROM customer_order o WHERE o.tenant_id = k.tenant_id AND o.contact_id = k.id";

    /// <param name="now">Microseconds UTC, from which days are counted.</param>
    public static SegmentCondition Where(SegmentRule rules, long now)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        return new SegmentCondition($"({Sql(rules, now, value =>
        {
            var name = "seg" + values.Count.ToString(CultureInfo.InvariantCulture);
            values[name] = value;
            return "@" + name;
        })})", values);
    }

    private static string Sql(SegmentRule rule, long now, Func<object, string> add) => rule switch
    {
        SegmentRule.All { Rules.Count: 0 } => "1 = 1",
        SegmentRule.Any { Rules.Count: 0 } => "1 = 0",
        SegmentRule.All all => $"({string.Join(" AND ", all.Rules.Select(r => Sql(r, now, add)))})",
        SegmentRule.Any any => $"({string.Join(" OR ", any.Rules.Select(r => Sql(r, now, add)))})",
        SegmentRule.Not not => $"NOT ({Sql(not.Rule, now, add)})",
        SegmentRule.HasLabel label =>
            $"EXISTS (SELECT 1 FROM contact_label x WHERE x.tenant_id = k.tenant_id AND x.contact_id = k.id AND x.label_id = {add(label.LabelId)})",
        SegmentRule.Speaks speaks => $"{Language} = {add(speaks.Language)}",
        SegmentRule.Consents consents => Consent(consents),
        SegmentRule.Field field => Field(field, add),
        SegmentRule.Wrote { IsSince: true } wrote => $"coalesce({LastInbound}, 0) >= {add(Since(now, wrote.Days))}",

        // Who never wrote did not write before these days either.
        SegmentRule.Wrote wrote => $"coalesce({LastInbound}, {long.MaxValue.ToString(CultureInfo.InvariantCulture)}) < {add(Since(now, wrote.Days))}",
        SegmentRule.Known { IsSince: true } known => $"k.created_at >= {add(Since(now, known.Days))}",
        SegmentRule.Known known => $"k.created_at < {add(Since(now, known.Days))}",
        SegmentRule.Ordered { Status: null } => $"{HasOrder})",
        SegmentRule.Ordered ordered => $"{HasOrder} AND o.status = {add(ordered.Status)})",
        SegmentRule.IsClient => $"(coalesce(k.is_client, 0) = 1 OR (k.is_client IS NULL AND {HasOrder})))",
        SegmentRule.SpokeAt at =>
            $"EXISTS (SELECT 1 FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id AND c.inbox_id = {add(at.InboxId)})",
        SegmentRule.PhoneOf of => Country(of, add),
        SegmentRule.IsBlocked => "k.blocked_at IS NOT NULL",
        SegmentRule.OptedOut { IsSo: true } => "k.opted_out_at IS NOT NULL",
        SegmentRule.OptedOut => "k.opted_out_at IS NULL",
        _ => throw new InvalidOperationException($"A rule that has no SQL: {rule.GetType().Name}."),
    };

    /// <summary>As the contact's card tells it: who withdrew everything withdrew each purpose.</summary>
    private static string Consent(SegmentRule.Consents consents)
    {
        var (withdrawn, granted) = consents.Purpose switch
        {
            ConsentPurpose.Marketing => ("(k.opted_out_at IS NOT NULL OR k.marketing_opted_out_at IS NOT NULL)", "k.marketing_opted_in_at IS NOT NULL"),
            ConsentPurpose.Utility => ("(k.opted_out_at IS NOT NULL OR k.utility_opted_out_at IS NOT NULL)", "1 = 0"),
            _ => ("k.opted_out_at IS NOT NULL", "k.opted_in_at IS NOT NULL"),
        };
        return consents.State switch
        {
            "withdrawn" => withdrawn,
            "granted" => $"(NOT {withdrawn} AND {granted})",
            _ => $"(NOT {withdrawn} AND NOT ({granted}))",
        };
    }

    /// <summary>In either case; letters that SQLite knows no case of (É) also as they are written.</summary>
    private static string Field(SegmentRule.Field field, Func<object, string> add)
    {
        var value = field.Value switch
        {
            null => "",
            var text when field.IsPart =>
                $" AND (v.value LIKE {add(LikeText.Part(text))} ESCAPE '!' OR lower(v.value) LIKE {add(LikeText.Part(text.ToLowerInvariant()))} ESCAPE '!')",
            var text => $" AND (v.value = {add(text)} OR lower(v.value) = {add(text.ToLowerInvariant())})",
        };
        return $"EXISTS (SELECT 1 FROM contact_value v WHERE v.tenant_id = k.tenant_id AND v.contact_id = k.id AND v.name = {add(field.Name)}{value})";
    }

    /// <summary>+1 is not +1242's prefix for a person, but it is for a network: the digits decide.</summary>
    private static string Country(SegmentRule.PhoneOf of, Func<object, string> add) =>
        $"coalesce(k.phone, '+' || k.wa_id, '') LIKE {add($"+{of.CallingCode}%")}";

    private static long Since(long now, int days) => now - (days * Instants.Day);
}
