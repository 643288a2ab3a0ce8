using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Desk.Contacts;

/// <summary>Which contacts a list shows.</summary>
/// <param name="Text">In the name (folded), the number or the e-mail address, or null.</param>
/// <param name="Where">What else holds of them.</param>
internal sealed record ContactFilter(string? Text, SegmentCondition Where)
{
    /// <summary>Of these only those who are seen.</summary>
    public ContactFilter SeenBy(Sight? sight) => sight is null ? this
        : this with { Where = new SegmentCondition($"{Where.Sql} AND {sight.OfContact("k.id")}", Where.With([.. sight.Values()])) };

    public static ContactFilter Everybody { get; } = new(null, SegmentSql.Where(SegmentRule.Everybody, 0));
}

/// <summary>
/// Finds contacts by reading them, newest first: names are compared folded, which no index of both engines does. 100,000 of
/// them are a fraction of a second; the search over everything (GET /api/search) has an index of its own.
/// </summary>
internal static class ContactSearchStore
{
    /// <summary>Rows held at a time.</summary>
    private const int Batch = 2_000;

    /// <summary>Digits that are looked for in numbers: fewer are in nearly every one.</summary>
    private const int FewestDigits = 3;

    /// <summary>Ids, newest first, of those before <paramref name="before"/>.</summary>
    public static async Task<List<long>> Page(Tx tx, long tenantId, ContactFilter filter, long before, int limit)
    {
        var found = new List<long>();
        while (found.Count < limit)
        {
            var rows = await Rows(tx, tenantId, filter, before, filter.Text is null ? limit : Batch);
            found.AddRange(rows.Where(Matches(filter.Text)).Select(r => r.Id).Take(limit - found.Count));
            if (filter.Text is null || rows.Count < Batch)
            {
                break;
            }

            before = rows[^1].Id;
        }

        return found;
    }

    /// <summary>All that <paramref name="isWanted"/> says yes to, newest first.</summary>
    public static async Task<List<FoundContact>> Where(Tx tx, long tenantId, Func<FoundContact, bool> isWanted, int limit)
    {
        var found = new List<FoundContact>();
        var before = long.MaxValue;
        while (found.Count < limit)
        {
            var rows = await Rows(tx, tenantId, ContactFilter.Everybody, before, Batch);
            found.AddRange(rows.Where(isWanted).Take(limit - found.Count));
            if (rows.Count < Batch)
            {
                break;
            }

            before = rows[^1].Id;
        }

        return found;
    }

    private static Task<List<FoundContact>> Rows(Tx tx, long tenantId, ContactFilter filter, long before, int most) => tx.Query<FoundContact>($"""
        SELECT k.id AS "Id", k.name AS "Name", k.phone AS "Phone", k.wa_id AS "WaId",
          (SELECT v.value FROM contact_value v WHERE v.tenant_id = k.tenant_id AND v.contact_id = k.id AND v.name = 'email') AS "Email"
        FROM contact k WHERE k.tenant_id = @tenantId AND k.merged_into IS NULL AND k.erased_at IS NULL AND k.id < @before AND {filter.Where.Sql}
        ORDER BY k.id DESC LIMIT @most
        """, filter.Where.With(("tenantId", tenantId), ("before", before), ("most", most)));

    private static Func<FoundContact, bool> Matches(string? text)
    {
        if (text is null)
        {
            return _ => true;
        }

        var folded = TextFolding.Fold(text);
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        var isNumber = digits.Length >= FewestDigits && folded.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '.' or '(' or ')');
        return k => isNumber
            ? k.Phone?.Contains(National(digits), StringComparison.Ordinal) == true || k.WaId?.Contains(National(digits), StringComparison.Ordinal) == true
            : (k.Name is { } name && TextFolding.Fold(name).Contains(folded, StringComparison.Ordinal))
                || k.Email?.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>06 12 … is found in +33612 …</summary>
    private static string National(string digits) => digits.TrimStart('0') is { Length: >= FewestDigits } bare ? bare : digits;
}

/// <summary>What a contact is found by.</summary>
internal sealed class FoundContact
{
    public long Id { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? WaId { get; init; }

    public string? Email { get; init; }
}
