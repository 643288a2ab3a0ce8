namespace Relais.Simulator.Studio;

/// <param name="Phone">The customer's E.164.</param>
/// <param name="To">Address of a connected Twilio number.</param>
/// <param name="Text">What they write.</param>
/// <param name="Option">agent_mode (asks the desk who has the conversation) or simple.</param>
internal sealed record StudioSay(string? Phone, string? To, string? Text, StudioOption? Option);

/// <summary>POST studio: a customer writes to a number that Twilio Studio answers; says which callbacks the desk got and what it answered.</summary>
internal sealed class StudioControl(SimulatorHub hub, SimulatedStudio studio)
{
    public void Map(RouteGroupBuilder api) => api.MapPost("/studio", (Delegate)Say);

    private async Task<IResult> Say(HttpContext context)
    {
        var r = await ControlApi.Body<StudioSay>(context);
        return ControlApi.Find(hub, r?.Phone, r?.To) is not var (phone, number) ? ControlApi.NoSuchChat()
            : number.Channel != SimulatedChannel.Twilio ? ControlApi.Refuse(400, "not_twilio", "Studio answers numbers of Twilio.")
            : string.IsNullOrWhiteSpace(r!.Text) ? ControlApi.Refuse(400, "empty_text", "Write something in \"text\".")
            : ControlApi.Json(await studio.Say(phone, number, r.Text, r.Option ?? StudioOption.AgentMode, context.RequestAborted));
    }
}
