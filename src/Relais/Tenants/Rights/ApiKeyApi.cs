using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Rights;

/// <param name="Id">Which.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">How it begins, by which it is told from others; null for an old one.</param>
/// <param name="AgentId">Whose: it never may more than they.</param>
/// <param name="AgentName">Whose.</param>
/// <param name="Scopes">Rights as in GET /api/agents; null: all that its person has, now and later.</param>
/// <param name="Contacts">The customers it may reach; null: every one.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">To the minute; null while it was not used.</param>
/// <param name="ExpiresAt">When it ends; null: when it is revoked.</param>
internal sealed record ApiKeyAnswer(
    long Id, string Name, string? Prefix, long AgentId, string AgentName, IReadOnlyList<string>? Scopes, IReadOnlyList<long>? Contacts,
    DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt)
{
    public static ApiKeyAnswer Of(ApiKey k) => new(
        k.Id, k.Name, k.TokenStart, k.AgentId, k.AgentName, k.Scopes is null ? null : RightSet.Parse(k.Scopes).ToList(),
        ApiKeyStore.ContactsOf(k.Contacts),
        Instants.FromMicros(k.CreatedAt), k.LastUsedAt > k.CreatedAt ? Instants.FromMicros(k.LastUsedAt) : null, Instants.FromMicros(k.ExpiresAt));
}

/// <param name="Name">What it is for, at most 80 characters.</param>
/// <param name="Scopes">Rights as in GET /api/agents, none that you do not have; all of yours when left out.</param>
/// <param name="ExpiresAt">When it ends; when it is revoked, if left out.</param>
/// <param name="Contacts">Customers it may reach, and whoever they are merged into, at most 100; every one when left out.</param>
internal sealed record NewApiKey(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, IReadOnlyList<long>? Contacts);

/// <param name="Key">What was made.</param>
/// <param name="Token">For <c>Authorization: Bearer</c>. Shown this once; null when an Idempotency-Key is repeated.</param>
internal sealed record ApiKeyMade(ApiKeyAnswer Key, string? Token);

/// <summary>Keys for programs: made by a person who is signed in, for no more than that person may.</summary>
internal static class ApiKeyApi
{
    private const int MostContacts = 100;
    private const int LongestName = 80;

    public static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/api-keys").WithTags("API keys").RequireAuthorization(Policies.Admin);
        keys.MapGet("", List).WithName("list_api_keys").WithSummary("Keys that were not revoked, in the order they were made")
            .Produces<Page<ApiKeyAnswer>>().ProducesProblem(400).ProducesProblem(403);
        keys.MapPost("", Create).WithName("add_api_key").WithSummary("Make a key; it is shown once")
            .WithDescription("It may do what its scopes name, as far as the person who made it may. A key makes no keys.")
            .Accepts<NewApiKey>("application/json").Produces<ApiKeyMade>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        keys.MapDelete("/{id:long}", Revoke).WithName("revoke_api_key").WithSummary("End a key at once")
            .WithDescription("Another node of the installation may take it for up to half a minute more.")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => ApiKeyStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, k => new Cursor(k.Id, k.Id), ApiKeyAnswer.Of));
    }

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        if (who.IsApiKey)
        {
            return Problems.Refuse(Problems.Forbidden, "A key makes no keys: sign in as a person.");
        }

        var (bytes, asked) = await ApiBody.Read<NewApiKey>(http.Request);
        var now = clock.Micros;
        if (Wrong(who, asked, now) is { } wrong)
        {
            return wrong;
        }

        var token = Secrets.NewToken(ApiKeyStore.TokenPrefix);
        var contacts = asked.Contacts?.Distinct().ToList();
        var scopes = asked.Scopes is { } words ? RightSet.Read(words).Known.ToString() : null;
        var session = new NewSession(
            await ids.One(http.RequestAborted), Secrets.HashToken(token), who.AgentId, who.Tenant, SessionStore.ApiKey, asked.Name!.Trim(), now,
            asked.ExpiresAt is { } end ? Instants.ToMicros(end) : null);
        return await idempotency.OnceInDirectory(http, who, "POST /api/api-keys", bytes, async tx =>
        {
            if (contacts is not null && await ApiKeyStore.CountContacts(tx, who.Tenant, contacts) != contacts.Count)
            {
                return (400, (object?)Problems.Invalid400("contacts", "contacts names a customer who is not there."));
            }

            await SessionStore.Insert(tx, session);
            await ApiKeyStore.Describe(tx, who.Tenant, session.Id, token, scopes, contacts is null ? null : string.Join(' ', contacts));
            var answer = ApiKeyAnswer.Of((await ApiKeyStore.Find(tx, who.Tenant, session.Id))!);
            return (201, new ToldOnce(new ApiKeyMade(answer, null), new ApiKeyMade(answer, token)));
        });
    }

    private static async Task<IResult> Revoke(HttpContext http, SignedIn who, Idempotency idempotency, Sessions sessions, Clock clock, long id)
    {
        var answer = await idempotency.Once(http, who, $"DELETE /api/api-keys/{id}", [], async tx =>
            await ApiKeyStore.Revoke(tx, who.Tenant, id, clock.Micros) ? (200, (object?)new SuccessAnswer()) : (404, Problems.NotFound));
        sessions.ForgetKey(id);
        return answer;
    }

    private static IResult? Wrong(SignedIn who, NewApiKey asked, long now)
    {
        var name = asked.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName)
        {
            return Problems.Invalid400("name", $"name says what the key is for, in at most {LongestName} characters.");
        }

        if (asked.ExpiresAt is { } end && Instants.ToMicros(end) <= now)
        {
            return Problems.Invalid400("expires_at", "expires_at lies in the past.");
        }

        if (asked.Contacts is { } contacts && contacts.Count is 0 or > MostContacts)
        {
            return Problems.Invalid400("contacts", $"contacts names 1 to {MostContacts} customers, or is left out for every one.");
        }

        if (asked.Scopes is not { } words)
        {
            return null;
        }

        var (scopes, unknown) = RightSet.Read(words);
        return unknown is not null ? Problems.Invalid400("scopes", $"{unknown} is not a right. They are {string.Join(", ", RightSet.Words)}.")
            : scopes == RightSet.None ? Problems.Invalid400("scopes", "scopes names at least one right.")
            : who.Rights.Includes(scopes) ? null
            : Problems.Refuse(Problems.Forbidden, $"You do not have: {scopes.Without(who.Rights)}. A key cannot have it either.");
    }
}
