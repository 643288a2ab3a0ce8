using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Inboxes;

/// <param name="CatalogId">Of Meta's Commerce Manager, 5 to 32 digits; null takes the link away.</param>
internal sealed record CatalogBody(string? CatalogId);

/// <summary>A number's catalogue, and what Meta said of it when it was linked.</summary>
/// <param name="InboxId">The number.</param>
/// <param name="CatalogId">Null: none is linked.</param>
/// <param name="Readable">Whether the number's token can read it; null when it was not or could not be asked. Sending does not need it.</param>
/// <param name="Name">Of the catalogue.</param>
/// <param name="Products">How many it holds.</param>
/// <param name="Detail">What was found, in one sentence; null when nothing was asked.</param>
/// <param name="Fix">How to mend it; null when nothing is to be mended.</param>
internal sealed record CatalogJson(
    long InboxId, string? CatalogId, bool? Readable = null, string? Name = null, long? Products = null, string? Detail = null, string? Fix = null);

/// <summary>
/// Linking a number to a Meta catalogue: from then on its products go out as product messages. A catalogue that cannot be read is linked
/// all the same and the answer says so: reading takes a right of the token's that sending does not.
/// </summary>
internal static class CatalogApi
{
    private const string OnlyMeta = "Only a number at Meta has a catalogue: Twilio sends no products. Its customers get a list to tap.";

    public static void MapInboxCatalog(this IEndpointRouteBuilder app) => app.MapPut("/api/inboxes/{id:long}/catalog", Put)
        .WithTags("Inboxes").RequireAuthorization(Policies.Admin).WithName("link_catalog")
        .WithSummary("Link a Meta catalogue to a number (null: none), and say whether its token can read it.")
        .Accepts<CatalogBody>("application/json").Produces<CatalogJson>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, InboxDirectory inboxes, AccountSet accounts, Signals signals, long id)
    {
        var (bytes, body) = await ApiBody.Read<Dictionary<string, JsonElement>>(http.Request);
        var channel = await database.Read(Scope.Tenant(who.Tenant), tx => tx.QueryFirst<long>(
            "SELECT channel FROM inbox WHERE tenant_id = @tenant AND id = @id", new { tenant = who.Tenant, id }), http.RequestAborted);
        if (channel == 0)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (!body.TryGetValue("catalog_id", out var asked) || Read(asked) is not { IsRight: true } wanted)
        {
            return Problems.Invalid400("catalog_id", "catalog_id is the id that Meta's Commerce Manager shows for the catalogue, 5 to 32 digits as a text; null takes the link away.");
        }

        if (channel == (long)ChannelKind.Twilio && wanted.Id is not null)
        {
            return Problems.Invalid400("catalog_id", OnlyMeta);
        }

        var answer = wanted.Id is { } catalog && inboxes.Find(id) is { IsTwilio: false, AccessToken.Length: > 0 } inbox
            ? Told(id, catalog, await accounts[inbox.Channel].Catalog(
                new InboxAddress(inbox.Id, inbox.Channel, inbox.Address, inbox.Account, inbox.AccessToken), catalog, http.RequestAborted))
            : new CatalogJson(id, wanted.Id);
        var result = await idempotency.OnceInDirectory(http, who, $"PUT /api/inboxes/{id}/catalog", bytes, async tx =>
        {
            await tx.Execute(
                "UPDATE inbox SET catalog_id = @catalog WHERE tenant_id = @tenant AND id = @id", new { catalog = wanted.Id, tenant = who.Tenant, id });
            tx.AfterCommit(signals.Inboxes.Raise);
            return (200, (object?)answer);
        });
        await inboxes.Load(http.RequestAborted);
        return result;
    }

    private static (bool IsRight, string? Id) Read(JsonElement asked) => asked.ValueKind switch
    {
        JsonValueKind.Null => (true, null),
        JsonValueKind.String when asked.GetString()!.Trim() is { Length: >= 5 and <= 32 } id && id.All(char.IsAsciiDigit) => (true, id),
        _ => (false, null),
    };

    private static CatalogJson Told(long id, string catalog, CatalogReport report) =>
        new(id, catalog, report.Readable, report.Name, report.Products, report.Detail, report.Fix);
}
