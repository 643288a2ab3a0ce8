using System.Text;
using Relais.Conversations;
using Relais.Conversations.Labels;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts;

/// <summary>
/// GET /api/contacts/export: customers as a CSV that is written while it is read, a page in a transaction each. Its columns are those an
/// import takes, and importing it again changes nothing.
/// </summary>
internal static class ContactExportApi
{
    private const int Batch = 500;

    public static void MapContactExport(this IEndpointRouteBuilder app) => app.MapGet("/api/contacts/export", Export).WithTags("Contacts")
        .RequireAuthorization(Policies.Admin).WithName("export_contacts").WithSummary("Customers as CSV; takes the filters of GET /api/contacts")
        .WithDescription("Cells that a spreadsheet would run as a formula have an apostrophe before them, which POST /api/imports takes away again.")
        .Produces(200, contentType: "text/csv").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> Export(HttpContext http, SignedIn who, Database database, Clock clock, [AsParameters] ContactQuery query)
    {
        if (query.Read(out var rules, out var segment) is { } refused)
        {
            return refused;
        }

        var cancel = http.RequestAborted;
        var (filter, fields, labels) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await query.Filter(tx, who.Tenant, rules, segment, clock.Micros), await ContactFieldStore.Fields(tx, who.Tenant),
            (await LabelStore.All(tx, who.Tenant)).ToDictionary(l => l.Id, l => l.Name)), cancel);
        return filter is null ? Problems.Refuse(Problems.NotFound)
            : Results.Stream(into => Write(into, database, who.Tenant, filter, fields, labels, cancel), "text/csv; charset=utf-8", "contacts.csv");
    }

    private static async Task Write(
        Stream into, Database database, long tenantId, ContactFilter filter, List<ContactField> fields, Dictionary<long, string> labels, CancellationToken cancel)
    {
        await into.WriteAsync(CsvWriting.Mark, cancel);
        var text = new StringBuilder();
        CsvWriting.Row(text, ["phone", "name", "language", "labels", "marketing_consent", "opted_out", "client", "contact_id", .. fields.Select(f => f.Name == "name" ? "name_field" : f.Name)]);
        for (var before = long.MaxValue; ;)
        {
            // Another label may be made while it is written: its name is looked up by whoever exports next.
            var (ids, cards) = await database.Read(Scope.Tenant(tenantId), async tx =>
            {
                var page = await ContactSearchStore.Page(tx, tenantId, filter, before, Batch);
                return (page, (await ContactCardStore.Some(tx, tenantId, page)).OrderByDescending(c => c.Id).ToList());
            }, cancel);
            foreach (var card in cards)
            {
                CsvWriting.Row(text, Cells(card, fields, labels));
            }

            await into.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
            text.Clear();
            if (ids.Count < Batch)
            {
                return;
            }

            before = ids[^1];
        }
    }

    private static IEnumerable<object?> Cells(ContactCard card, List<ContactField> fields, Dictionary<long, string> labels)
    {
        var json = ContactJson.Of(card);
        yield return card.Phone ?? card.Identities.Where(i => (IdentityKind)i.Kind == IdentityKind.WaId).Select(i => "+" + i.Value).FirstOrDefault();
        yield return card.Name;
        yield return card.OwnLanguage;
        yield return string.Join('|', card.Labels.Where(labels.ContainsKey).Select(l => labels[l]));
        yield return json.Consents.Marketing == "granted" ? "yes" : json.Consents.Marketing == "withdrawn" ? "no" : "";
        yield return card.OptedOutAt is not null ? "yes" : "";
        yield return card.OwnIsClient switch { 1 => "yes", 0 => "no", _ => "" };
        yield return card.Id;
        var values = card.Values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            yield return values.GetValueOrDefault(field.Name);
        }
    }
}
