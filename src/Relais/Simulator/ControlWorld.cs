using System.Text.Json.Nodes;
using Relais.Simulator.Templates;

namespace Relais.Simulator;

/// <param name="Phone">The customer's E.164.</param>
/// <param name="To">Address of a connected number.</param>
/// <param name="Blocked">By the customer.</param>
internal sealed record BlockRequest(string? Phone, string? To, bool Blocked);

/// <param name="Hours">Forward; up to 60 days.</param>
internal sealed record ClockRequest(double Hours);

/// <param name="Number">Address of a number of the account.</param>
/// <param name="Name">Of the template; at Twilio its SID.</param>
/// <param name="Language">Of the template.</param>
/// <param name="Status">APPROVED, REJECTED, PAUSED, DISABLED, REINSTATED …; at Twilio in small letters.</param>
/// <param name="Reason">Of a rejection.</param>
/// <param name="Quality">GREEN, YELLOW or RED.</param>
/// <param name="Category">Meta thinks it is of this one.</param>
/// <param name="Components">Puts an approved template in the first place.</param>
internal sealed record TemplateRequest(
    string? Number, string? Name, string? Language, string? Status = null, string? Reason = null, string? Quality = null,
    string? Category = null, JsonArray? Components = null);

/// <summary>What Meta says of a number from now on; what is left out stays.</summary>
internal sealed record ProfileRequest(
    string? Number, string? QualityRating, string? ThroughputLevel, string? MessagingLimit, bool? IsSubscribed, double? TokenExpiresInHours);

/// <summary>The control API's side of the world around the messages: time, blocks, templates, the account.</summary>
internal sealed class ControlWorld(SimulatorHub hub)
{
    private const double LongestJump = 24 * 60;

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/clock", (Delegate)MoveClock);
        api.MapPost("/block", (Delegate)Block);
        api.MapGet("/templates", (Delegate)Templates);
        api.MapPost("/templates", (Delegate)ChangeTemplate);
        api.MapPost("/profile", (Delegate)ChangeProfile);
    }

    // In the demo the clock is the whole program's; beside a server that runs elsewhere it is the simulator's alone.
    private async Task<IResult> MoveClock(HttpContext context)
    {
        if (await ControlApi.Body<ClockRequest>(context) is not { Hours: > 0 and <= LongestJump } request)
        {
            return ControlApi.Refuse(400, "bad_hours", "Give \"hours\", more than 0 and at most 1440.");
        }

        if (!hub.Advance(TimeSpan.FromHours(request.Hours)))
        {
            return ControlApi.Refuse(409, "fixed_clock", "This simulator's clock cannot be moved.");
        }

        return ControlApi.Json(new { now = hub.Now });
    }

    private async Task<IResult> Block(HttpContext context)
    {
        var request = await ControlApi.Body<BlockRequest>(context);
        if (ControlApi.Find(hub, request?.Phone, request?.To) is not var (phone, number))
        {
            return ControlApi.NoSuchChat();
        }

        phone.Block(number, request!.Blocked);
        return ControlApi.Json(new { request.Blocked });
    }

    private IResult Templates() => ControlApi.Json(new { items = Shown(hub) });

    /// <summary>Both providers' templates, for the page.</summary>
    public static IEnumerable<object> Shown(SimulatorHub hub) =>
    [
        .. hub.Templates.All.Select(t => (object)new
        {
            channel = SimulatedChannel.Meta, t.Account, t.Name, t.Language, t.Status, t.Category, text = MetaTemplate.Said(t.Component("BODY"), "text"),
        }),
        .. hub.Contents.All.Where(c => c.Status != "unsubmitted").Select(c => (object)new
        {
            channel = SimulatedChannel.Twilio, c.Account, Name = c.Sid, Title = c.TemplateName, c.Language, c.Status, c.Category,
            text = MetaTemplate.Said(c.Shown.Content, "body"),
        }),
    ];

    private async Task<IResult> ChangeTemplate(HttpContext context)
    {
        var r = await ControlApi.Body<TemplateRequest>(context);
        if (r is null || hub.Number(r.Number ?? "") is not { } number || r.Name is not { Length: > 0 } name)
        {
            return ControlApi.Refuse(400, "bad_template", "Give \"number\", \"name\", \"language\" and what changes: status, quality, category.");
        }

        if (number.Channel == SimulatedChannel.Twilio)
        {
            if (hub.Contents.Find(name) is not { } content)
            {
                return ControlApi.Refuse(404, "no_such_template", "There is no such content.");
            }

            (content.Status, content.RejectionReason) = (r.Status ?? content.Status, r.Reason ?? "");
            hub.Feed.Changed();
            return Templates();
        }

        if (r.Components is not null && r.Language is { Length: > 0 } language)
        {
            hub.ApproveTemplate(number, name, language, (JsonArray)r.Components.DeepClone(), r.Category ?? "UTILITY");
            return Templates();
        }

        if (hub.Templates.Find(number.Account, name, r.Language ?? "") is not { } template)
        {
            return ControlApi.Refuse(404, "no_such_template", "There is no such template in this language.");
        }

        var cancel = context.RequestAborted;
        var told = r switch
        {
            { Status: { } status } => await hub.Reviewers.Decide(number, template, status, r.Reason, cancel),
            { Quality: { } quality } => await hub.Reviewers.Rate(number, template, quality, cancel),
            { Category: { } category } => await hub.Reviewers.Recategorise(number, template, category, cancel),
            _ => null,
        };
        return told is null ? ControlApi.Refuse(400, "bad_template", "Give status, quality or category.") : ControlApi.Told(told);
    }

    private async Task<IResult> ChangeProfile(HttpContext context)
    {
        if (await ControlApi.Body<ProfileRequest>(context) is not { } r || hub.Number(r.Number ?? "") is not { Channel: SimulatedChannel.Meta } number)
        {
            return ControlApi.Refuse(400, "bad_profile", "Give \"number\", the address of a Meta number, and what changes.");
        }

        var profile = hub.Profile(number);
        profile.QualityRating = r.QualityRating ?? profile.QualityRating;
        profile.ThroughputLevel = r.ThroughputLevel ?? profile.ThroughputLevel;
        profile.IsSubscribed = r.IsSubscribed ?? profile.IsSubscribed;
        profile.TokenExpires = r.TokenExpiresInHours is { } hours ? hub.Now.AddHours(hours) : profile.TokenExpires;
        if (r.MessagingLimit is not null || r.ThroughputLevel is not null)
        {
            profile.MessagingLimit = r.MessagingLimit ?? profile.MessagingLimit;
            await hub.Announce(number, "phone_number_quality_update", new JsonObject
            {
                ["display_phone_number"] = E164.Digits(number.DisplayNumber),
                ["event"] = r.ThroughputLevel is null ? "ONBOARDING" : "THROUGHPUT_UPGRADE",
                ["current_limit"] = profile.MessagingLimit,
                ["max_daily_conversations_per_business"] = profile.MessagingLimit,
            }, context.RequestAborted);
        }

        return ControlApi.Json(profile);
    }
}
