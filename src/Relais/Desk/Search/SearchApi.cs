using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk.Search;

/// <summary>Something that was found.</summary>
/// <param name="Kind">message, contact or order.</param>
/// <param name="ConversationId">Where it was said; of a contact the open one, or null.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Seq">Its place in the conversation: what messages?around= takes.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Title">The customer's name or number; of an order its number.</param>
/// <param name="Snippet">The text around what was found, as written.</param>
/// <param name="Marks">[start, length] in the snippet, in UTF-16 units.</param>
/// <param name="At">When it was written or made.</param>
internal sealed record SearchHitJson(
    string Kind, long? ConversationId, long? MessageId, long? Seq, long? ContactId, long? OrderId, string Title, string Snippet,
    IReadOnlyList<int[]> Marks, DateTimeOffset At);

/// <summary>GET /api/search: messages, transcripts and names of files, contacts and orders, however their letters are written and however old they are.</summary>
internal static class SearchApi
{
    private static readonly SearchKind[] Kinds = [SearchKind.Contact, SearchKind.Order, SearchKind.Message];

    public static void MapSearch(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/search", Search).WithTags("Search").RequireAuthorization(Policies.Agent).WithName("search")
            .WithSummary("Messages, contacts and orders by their words: contacts first, then orders, then messages, each newest first.")
            .WithDescription("Accents, Arabic letter forms and vowel marks do not matter; every word has to be there, the last may go on. With inbox or agent: messages alone.")
            .Produces<Page<SearchHitJson>>().ProducesProblem(400);

    private static async Task<IResult> Search(
        SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel, string? q = null, string? kinds = null, long? inbox = null,
        long? agent = null, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        if (page.Read(30, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (Wanted(kinds) is not { } wanted)
        {
            return Problems.Invalid400("kinds", "kinds is any of messages, contacts, orders, with commas.");
        }

        if (SearchTerms.Of(q) is not { } terms)
        {
            return Problems.Invalid400("q", "q has at least two letters or digits.");
        }

        var filter = new SearchFilter(inbox, agent, from is { } f ? Instants.ToMicros(f) : null, until is { } u ? Instants.ToMicros(u) : null);
        var kindsLeft = Kinds.Where(k => wanted.Contains(k) && (long)k >= (after?.Sort ?? 0) && (k == SearchKind.Message || (inbox ?? agent) is null)).ToList();
        var found = await database.Read(Scope.Directory, async tx =>
        {
            var all = new List<(SearchKind Kind, long Id)>();
            foreach (var kind in kindsLeft)
            {
                var before = (long)kind == after?.Sort ? after.Value.Id : long.MaxValue;
                if (all.Count <= limit)
                {
                    all.AddRange((await SearchStore.Find(tx, who.Tenant, kind, terms, filter, before, limit + 1 - all.Count)).Select(id => (kind, id)));
                }
            }

            return all;
        }, cancel);
        var shown = found.Take(limit).ToList();
        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var read = new Dictionary<long, SearchRow>();
            foreach (var kind in shown.GroupBy(h => h.Kind, h => h.Id))
            {
                (await SearchStore.Show(tx, who.Tenant, kind.Key, [.. kind], Sight.Of(who))).ForEach(row => read[row.Id] = row);
            }

            return read;
        }, cancel);

        // What was deleted a moment ago is still in the index and no longer there.
        var hits = shown.Where(h => rows.ContainsKey(h.Id)).Select(h => Show(h.Kind, rows[h.Id], terms)).ToList();
        var next = found.Count > limit ? new Cursor((long)shown[^1].Kind, shown[^1].Id).ToString() : null;
        return Results.Json(new Page<SearchHitJson>(hits, next), ApiJson.Options);
    }

    private static SearchHitJson Show(SearchKind kind, SearchRow row, SearchTerms terms)
    {
        var title = row.ContactName ?? row.ContactPhone ?? "";
        return kind switch
        {
            SearchKind.Contact => Hit("contact", title, SearchSnippet.Of(row.ContactName is null ? row.Text : $"{row.ContactName} {row.Text}".TrimEnd(), terms, kind)),
            SearchKind.Order => Hit("order", row.Text, SearchSnippet.Of(row.Text, terms, kind)) with { OrderId = row.Id },
            _ => Hit("message", title, Best(row, terms)) with { MessageId = row.Id },
        };

        SearchHitJson Hit(string word, string name, SearchSnippet snippet) => new(
            word, row.ConversationId, null, row.Seq, row.ContactId, null, name, snippet.Text, snippet.Marks, Instants.FromMicros(row.At));
    }

    /// <summary>Of text, transcript and names of files the one in which most was found.</summary>
    private static SearchSnippet Best(SearchRow row, SearchTerms terms) =>
        ((string?[])[row.Text, row.Transcript, SearchWords.FileNames(row.Payload)]).OfType<string>().Where(text => text.Length > 0)
            .Select(text => SearchSnippet.Of(text, terms, SearchKind.Message)).MaxBy(snippet => snippet.Marks.Count) ?? new SearchSnippet("", []);

    private static SearchKind[]? Wanted(string? kinds)
    {
        if (string.IsNullOrWhiteSpace(kinds))
        {
            return Kinds;
        }

        var words = kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 || words.Any(w => w is not ("messages" or "contacts" or "orders")) ? null
            : [.. Kinds.Where(k => words.Contains(k switch { SearchKind.Contact => "contacts", SearchKind.Order => "orders", _ => "messages" }))];
    }
}
