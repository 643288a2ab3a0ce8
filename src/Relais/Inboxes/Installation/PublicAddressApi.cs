using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Inboxes.Installation;

/// <summary>Where the world finds this installation, and what follows from it, ready to paste at the providers.</summary>
/// <param name="Url">Null while none is set.</param>
/// <param name="Source">console, environment, demo or none.</param>
/// <param name="Configured">The environment's, which counts again when the console's is taken back; null when it names none.</param>
/// <param name="MetaWebhook">Meta's callback URL.</param>
/// <param name="TwilioWebhook">Twilio: "when a message comes in", POST.</param>
/// <param name="TwilioStatus">Twilio: the status callback; each send names it by itself.</param>
/// <param name="StudioIncoming">Twilio Studio: the first HTTP request of a flow.</param>
internal sealed record PublicAddressJson(
    string? Url, string Source, string? Configured, string? MetaWebhook, string? TwilioWebhook, string? TwilioStatus, string? StudioIncoming)
{
    public static PublicAddressJson Of(PublicAddress address, Settings settings)
    {
        var at = address.Url?.ToString().TrimEnd('/');
        return new PublicAddressJson(
            at, address.Source, settings.PublicUrl?.ToString().TrimEnd('/'), At("/api/whatsapp/webhook"), At("/api/whatsapp/webhook/incoming"),
            At("/api/whatsapp/webhook/status"), At("/api/twilio/incoming"));

        string? At(string path) => at is null ? null : at + path;
    }
}

/// <param name="Url">https, host and port: <c>https://relais.example.com</c>.</param>
internal sealed record PublicAddressChange(string? Url);

/// <summary>The public address of the installation: seen by admins, changed by whoever looks after the platform, without a restart.</summary>
internal static class PublicAddressApi
{
    private const string Route = "/api/admin/public-address";

    public static void MapPublicAddress(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/public-address", Get).RequireAuthorization(Policies.Admin).WithTags("Inboxes").WithName("get_public_address")
            .WithSummary("The address the world sees, and what to paste at the providers.").Produces<PublicAddressJson>().ProducesProblem(403);
        var group = app.MapGroup(Route).RequireAuthorization(Policies.Platform).WithTags("Tenants");
        group.MapGet("", Get).WithName("get_platform_public_address").WithSummary("The same for whoever looks after the platform.")
            .Produces<PublicAddressJson>().ProducesProblem(403);
        group.MapPut("", Put).WithName("put_public_address")
            .WithSummary("Change the address the world sees; it holds at once here and within seconds on other nodes.")
            .Accepts<PublicAddressChange>("application/json").Produces<PublicAddressJson>().ProducesProblem(400).ProducesProblem(403);
        group.MapDelete("", Remove).WithName("remove_public_address").WithSummary("Go back to the address of the environment.")
            .Produces<PublicAddressJson>().ProducesProblem(403);
    }

    private static IResult Get(PublicAddress address, Settings settings) => Results.Json(PublicAddressJson.Of(address, settings), ApiJson.Options);

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Idempotency idempotency, PublicAddress address, PublicAddressBook book, Settings settings, Clock clock)
    {
        var (bytes, change) = await ApiBody.Read<PublicAddressChange>(http.Request);
        if (PublicAddress.Read(change.Url) is not { } url)
        {
            return Problems.Invalid400("url", "url is https, a host and nothing behind it, such as https://relais.example.com.");
        }

        if (address.IsDemo)
        {
            return Problems.Refuse(Problems.DemoIsLocal);
        }

        var kept = await idempotency.OnceForPlatform(http, who, $"PUT {Route}", bytes, async tx =>
        {
            await InstallationSettingStore.Put(tx, InstallationSettingStore.PublicAddress, url.ToString().TrimEnd('/'), who.AgentId, clock.Micros);
            return (200, null);
        });
        return await Shown(kept, address, book, settings, http.RequestAborted);
    }

    private static async Task<IResult> Remove(
        HttpContext http, SignedIn who, Idempotency idempotency, PublicAddress address, PublicAddressBook book, Settings settings)
    {
        var kept = await idempotency.OnceForPlatform(http, who, $"DELETE {Route}", [], async tx =>
        {
            await InstallationSettingStore.Remove(tx, InstallationSettingStore.PublicAddress);
            return (200, null);
        });
        return await Shown(kept, address, book, settings, http.RequestAborted);
    }

    /// <summary>What holds now, once the change is kept; a refusal goes out as it is.</summary>
    private static async Task<IResult> Shown(IResult kept, PublicAddress address, PublicAddressBook book, Settings settings, CancellationToken cancel)
    {
        if (kept is not IStatusCodeHttpResult { StatusCode: 200 })
        {
            return kept;
        }

        await book.Load(cancel);
        return Get(address, settings);
    }
}
