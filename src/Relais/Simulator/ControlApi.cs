using System.Text.Json;

namespace Relais.Simulator;

/// <summary>
/// What the page and tests in other processes drive. There is no sign-in and no CORS header; requests that change something
/// need a JSON content type, which a foreign page cannot send without a preflight that is never answered.
/// </summary>
internal sealed class ControlApi(SimulatorHub hub, ControlSends sends, ControlWorld world, Studio.StudioControl studio)
{
    private const int BubblesInState = 60;
    private const int PhonesInState = 100;

    public void Map(RouteGroupBuilder api)
    {
        api.AddEndpointFilter(NeedsJson);
        api.MapGet("/state", (Delegate)State);
        api.MapGet("/events", Events);
        api.MapGet("/accepted", (Delegate)Accepted);
        api.MapPost("/phones", (Delegate)AddPhone);
        api.MapPost("/say", (Delegate)Say);
        api.MapPost("/tap", (Delegate)Tap);
        api.MapPost("/retry", (Delegate)Retry);
        api.MapPost("/read", (Delegate)Read);
        api.MapPost("/faults", (Delegate)AddFault);
        api.MapDelete("/faults", (Delegate)ClearFaults);
        api.MapPost("/numbers", (Delegate)Connect);
        api.MapPost("/statuses", (Delegate)SetStatuses);
        api.MapPost("/settings", (Delegate)Set);
        sends.Map(api);
        world.Map(api);
        studio.Map(api);
    }

    private static async ValueTask<object?> NeedsJson(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(call.HttpContext.Request.Method) || HttpMethods.IsPut(call.HttpContext.Request.Method) || call.HttpContext.Request.HasJsonContentType()
            ? await next(call)
            : Refuse(415, "content_type", "Send Content-Type: application/json.");

    // Secrets and tokens stay out of every answer.
    private IResult State() => Json(new
    {
        now = hub.Now,
        numbers = hub.Numbers.Select(n => new { n.Channel, n.Address, n.DisplayNumber, n.Name, n.WebhookUrl }),
        phones = hub.Phones.Where(p => p.MovedTo is null).OrderByDescending(p => p.LastActive).Take(PhonesInState).OrderBy(p => p.Number).Select(p => new
        {
            p.Number,
            p.Name,
            p.UserId,
            p.HidesNumber,
            chats = p.Chats.Select(c => new
            {
                number = c.Number.Address,
                c.Unread,
                c.TypingUntil,
                blocked = c.IsBlockedByCustomer,
                blocked_by_business = c.IsBlockedByBusiness,
                window_until = c.CustomerWroteAt + SimulatorHub.ServiceWindow,
                messages = c.Last(BubblesInState).Select(BubbleView.Of),
            }),
        }),
        templates = ControlWorld.Shown(hub),
        faults = hub.Faults.Active,
        statuses = hub.Statuses,
        hub.EnforceWindow,
        accepted_total = hub.AcceptedTotal,
    });

    private Task Events(HttpContext context) => EventStream.Write(context, hub);

    private IResult Accepted(long after = 0, int limit = 1000)
    {
        var items = hub.AcceptedAfter(after, Math.Clamp(limit, 1, 10_000));
        return Json(new
        {
            total = hub.AcceptedTotal,
            items = items.Select(s => new
            {
                s.Sequence, s.Channel, s.Number, s.To, s.Type, s.Text, s.Reference, s.ProviderId, s.At, s.FailedWith, body = s.Raw,
            }),
        });
    }

    private async Task<IResult> AddPhone(HttpContext context)
    {
        var (number, name, hides) = await Body<PhoneRequest>(context) ?? new();
        if (!E164.TryRead(number, out _))
        {
            return Refuse(400, "bad_number", "A phone number is 6 to 15 digits, e.g. +212600000001.");
        }

        var phone = hub.Phone(number!, string.IsNullOrWhiteSpace(name) ? null : name.Trim());
        phone.HidesNumber = hides ?? phone.HidesNumber;
        return Json(new { phone.Number, phone.Name, phone.UserId, phone.HidesNumber });
    }

    private async Task<IResult> Say(HttpContext context)
    {
        var request = await Body<SayRequest>(context);
        return Find(hub, request?.Phone, request?.To) is not var (phone, number) ? NoSuchChat()
            : string.IsNullOrWhiteSpace(request!.Text) ? Refuse(400, "empty_text", "Write something in \"text\".")
            : Told(await phone.Say(number, request.Text, context.RequestAborted));
    }

    private async Task<IResult> Tap(HttpContext context)
    {
        var request = await Body<TapRequest>(context);
        return Find(hub, request?.Phone, request?.To) is not var (phone, number) || request!.Choice is null ? NoSuchChat()
            : Told(await phone.Tap(number, request.Choice, request.RepliesTo, context.RequestAborted));
    }

    private async Task<IResult> Retry(HttpContext context)
    {
        var request = await Body<RetryRequest>(context);
        return Find(hub, request?.Phone, request?.To) is not var (phone, number) || request!.Id is null ? NoSuchChat()
            : await phone.Retry(number, request.Id, context.RequestAborted) is { } result ? Told(result)
            : Refuse(404, "nothing_to_retry", "That message was taken, or is not there any more.");
    }

    private async Task<IResult> Read(HttpContext context)
    {
        var request = await Body<SayRequest>(context);
        return Find(hub, request?.Phone, request?.To) is not var (phone, number) ? NoSuchChat()
            : Json(new { read = hub.Open(phone, number) });
    }

    private async Task<IResult> AddFault(HttpContext context)
    {
        var r = await Body<FaultRequest>(context);
        if (r is null || !Enum.IsDefined(r.Kind) || r.Every is < 1 || r.Times is < 1)
        {
            return Refuse(400, "bad_fault", "Give a \"kind\", e.g. too_many_requests, down, hang; times and every are 1 or more.");
        }

        var wait = r.DelayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
        hub.Faults.Add(new Fault(r.Kind, r.Times, r.Number, r.To, r.Every ?? 1, wait, r.RetryAfter, r.Code, r.HttpStatus, r.Accepted));
        return Json(new { faults = hub.Faults.Active });
    }

    private IResult ClearFaults()
    {
        hub.Faults.Clear();
        return Json(new { faults = hub.Faults.Active });
    }

    private async Task<IResult> Connect(HttpContext context)
    {
        if (await Body<SimulatedNumber>(context) is not { Address: not null, Secret: not null, WebhookUrl.IsAbsoluteUri: true } number
            || !Enum.IsDefined(number.Channel))
        {
            return Refuse(400, "bad_number", "Give channel, address, display_number, account, secret, access_token, webhook_url, name.");
        }

        hub.Connect(number);
        return Json(new { number.Channel, number.Address });
    }

    private async Task<IResult> SetStatuses(HttpContext context)
    {
        if (await Body<StatusesRequest>(context) is not { } r)
        {
            return Refuse(400, "bad_statuses", "Give reach (none, sent, delivered, read), first_after_ms, between_ms, fault, fail_with.");
        }

        hub.Statuses = new StatusPolicy(
            r.Reach ?? hub.Statuses.Reach,
            TimeSpan.FromMilliseconds(r.FirstAfterMs ?? hub.Statuses.FirstAfter.TotalMilliseconds),
            TimeSpan.FromMilliseconds(r.BetweenMs ?? hub.Statuses.Between.TotalMilliseconds),
            r.Fault,
            r.FailWith);
        return Json(hub.Statuses);
    }

    private async Task<IResult> Set(HttpContext context)
    {
        var r = await Body<SettingsRequest>(context) ?? new();
        hub.EnforceWindow = r.EnforceWindow ?? hub.EnforceWindow;
        hub.AcceptedCap = r.AcceptedCap is > 0 ? r.AcceptedCap.Value : hub.AcceptedCap;
        hub.Redelivery = r.RedeliveryAttempts is { } attempts
            ? RedeliveryPolicy.LikeMeta with { Attempts = attempts }
            : hub.Redelivery;
        return Json(new { hub.EnforceWindow, hub.AcceptedCap, redelivery_attempts = hub.Redelivery.Attempts });
    }

    public static (SimulatedPhone Phone, SimulatedNumber Number)? Find(SimulatorHub hub, string? phone, string? to) =>
        E164.TryRead(phone, out var e164) && hub.Number(to ?? "") is { } number ? (hub.Phone(e164), number) : null;

    public static IResult Told(WebhookResult result) =>
        Json(new { id = result.MessageId, result.Taken, status = result.StatusCode, failure = result.Failure });

    public static IResult NoSuchChat() =>
        Refuse(404, "no_such_chat", "Give \"phone\" (E.164) and \"to\", the address of a connected number.");

    public static IResult Json(object value) => Results.Json(value, SimulatorJson.Options);

    public static IResult Refuse(int status, string code, string detail) =>
        Results.Json(new { code, detail }, SimulatorJson.Options, statusCode: status);

    public static async Task<T?> Body<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(SimulatorJson.Options, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
