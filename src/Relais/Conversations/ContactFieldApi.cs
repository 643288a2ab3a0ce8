using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations;

/// <param name="Name">name, email, city, address, or one of your own: a-z, 0-9 and _.</param>
/// <param name="Kind">text, email, number, date (2026-05-04) or choice; left out: email for email, else text.</param>
/// <param name="Description">For the model: when to ask and what belongs in it; 300 characters.</param>
/// <param name="Words">choice: 1 to 30 of them.</param>
internal sealed record ContactFieldJson(string? Name, string? Kind, string? Description, IReadOnlyList<string?>? Words);

/// <param name="Fields">All of them, at most 20; none: the AI agent notes nothing.</param>
internal sealed record ContactFieldsJson(IReadOnlyList<ContactFieldJson?>? Fields);

/// <param name="Name">Of the field.</param>
/// <param name="SetBy">agent (a person) or ai.</param>
internal sealed record ContactValueJson(string Name, string Value, string SetBy, DateTimeOffset UpdatedAt);

internal sealed record ContactValuesJson(IReadOnlyList<ContactValueJson> Items);

/// <param name="Values">Name ⇒ value; null takes one away. Fields left out stay.</param>
internal sealed record ContactValuesChange(Dictionary<string, string?>? Values);

/// <summary>What the business wants to know of its customers: which fields there are, and what stands in a customer's.</summary>
internal static partial class ContactFieldApi
{
    private const int Most = 20;
    private const int MostWords = 30;
    private const int LongestWord = 60;
    private const int LongestDescription = 300;

    public static void MapContactFields(this IEndpointRouteBuilder app)
    {
        var fields = app.MapGroup("/api/contact-fields").WithTags("Contacts");
        fields.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("list_contact_fields")
            .WithSummary("What the AI agent may note of a customer").Produces<ContactFieldsJson>();
        fields.MapPut("/", Put).RequireAuthorization(Policies.Admin).WithName("put_contact_fields").WithSummary("Replace the fields")
            .Accepts<ContactFieldsJson>("application/json").Produces<ContactFieldsJson>().ProducesProblem(400).ProducesProblem(403);
        var values = app.MapGroup("/api/contacts/{id:long}/fields").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        values.MapGet("", Values).WithName("get_contact_values").WithSummary("What is known of a customer").Produces<ContactValuesJson>().ProducesProblem(404);
        values.MapPatch("", Change).WithName("change_contact_values").WithSummary("Note something of a customer: the AI agent does not change it any more")
            .Accepts<ContactValuesChange>("application/json").Produces<ContactValuesJson>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(Show(await database.Read(Scope.Tenant(who.Tenant), tx => ContactFieldStore.Fields(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<ContactFieldsJson>(http.Request);
        var asked = request.Fields ?? [];
        if (asked.Count > Most)
        {
            return Problems.Invalid400("fields", $"fields has {Most} at most.");
        }

        var fields = new List<ContactField>(asked.Count);
        for (var i = 0; i < asked.Count; i++)
        {
            if (Read(who.Tenant, asked[i], i, out var field) is { } wrong)
            {
                return Problems.Invalid400($"fields[{i}]", wrong);
            }

            fields.Add(field!);
        }

        return fields.DistinctBy(f => f.Name).Count() < fields.Count
            ? Problems.Invalid400("fields", "Each name stands once.")
            : await idempotency.Once(http, who, "PUT /api/contact-fields", bytes, async tx =>
            {
                await ContactFieldStore.Replace(tx, who.Tenant, fields);
                return (200, Show(fields));
            });
    }

    private static async Task<IResult> Values(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), async tx => await ConsentStore.HasContact(tx, who.Tenant, id)
            ? await ContactFieldStore.Values(tx, who.Tenant, id) : null, cancel) is { } found
            ? Results.Json(Show(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, long id)
    {
        var (bytes, request) = await ApiBody.Read<ContactValuesChange>(http.Request);
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/contacts/{id}/fields", bytes, async tx =>
        {
            if (!await ConsentStore.HasContact(tx, who.Tenant, id))
            {
                return (404, (object?)Problems.NotFound);
            }

            var fields = await ContactFieldStore.Fields(tx, who.Tenant);
            foreach (var (name, value) in request.Values ?? [])
            {
                if (value is null)
                {
                    await ContactFieldStore.Remove(tx, who.Tenant, id, name);
                }
                else if (fields.Find(f => f.Name == name)?.Clean(value) is { } clean)
                {
                    await ContactFieldStore.Set(tx, who.Tenant, id, name, clean, now);
                }
                else
                {
                    return (400, Problems.Invalid400($"values.{name}", "There is no such field, or the value is none of its kind."));
                }
            }

            return (200, Show(await ContactFieldStore.Values(tx, who.Tenant, id)));
        });
    }

    private static string? Read(long tenantId, ContactFieldJson? asked, int position, out ContactField? field)
    {
        field = null;
        if (asked?.Name is not { } name || !Name().IsMatch(name))
        {
            return "name has 1 to 40 of a-z, 0-9 and _, and begins with a letter.";
        }

        var kind = asked.Kind ?? (name == "email" ? "email" : "text");
        if (!ContactField.IsKind(kind))
        {
            return "kind is text, email, number, date or choice.";
        }

        var words = asked.Words?.Select(w => w?.Trim() ?? "").ToList();
        if (kind == ContactField.Choice ? words is not { Count: > 0 and <= MostWords } || words.Exists(w => w.Length is 0 or > LongestWord) : words is { Count: > 0 })
        {
            return $"words are 1 to {MostWords} texts of at most {LongestWord} characters, for kind choice.";
        }

        if (asked.Description?.Length > LongestDescription)
        {
            return $"description has {LongestDescription} characters at most.";
        }

        field = new ContactField
        {
            TenantId = tenantId, Name = name, Kind = kind, Description = asked.Description is { } text ? CustomerText.Normalise(text) : null,
            Words = kind == ContactField.Choice ? JsonSerializer.Serialize(words!.ConvertAll(CustomerText.Normalise)) : null, Position = position,
        };
        return null;
    }

    private static ContactFieldsJson Show(List<ContactField> fields) => new(
        fields.ConvertAll(f => new ContactFieldJson(f.Name, f.Kind, f.Description, f.Words is null ? null : f.WordList)));

    private static ContactValuesJson Show(List<ContactValue> values) => new(
        values.ConvertAll(v => new ContactValueJson(v.Name, v.Value, v.Author, Instants.FromMicros(v.UpdatedAt))));

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Name();
}
