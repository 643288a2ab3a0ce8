namespace Relais.Simulator.Files;

/// <summary>
/// Twilio's media: the resource behind basic authentication redirects (307) to a delivery network that wants none.
/// </summary>
internal sealed class TwilioMedia(SimulatorHub hub, TwilioDoor door)
{
    /// <summary>GET /2010-04-01/Accounts/{sid}/Messages/{message}/Media/{media}.</summary>
    public async Task Get(HttpContext context)
    {
        if (await door.Account(context) is null)
        {
            return;
        }

        if (Asked(context) is not { } file)
        {
            await TwilioDoor.Refuse(context, 20404);
            return;
        }

        context.Response.StatusCode = 307;
        context.Response.Headers.Location = hub.TwilioBase(context) + FileLinks.Cdn(file);
    }

    public async Task Delete(HttpContext context)
    {
        if (await door.Account(context) is null)
        {
            return;
        }

        if (Asked(context) is not { } file)
        {
            await TwilioDoor.Refuse(context, 20404);
            return;
        }

        hub.Files.Remove(file.Id);
        context.Response.StatusCode = 204;
    }

    /// <summary>GET /cdn/{id}/{hash}.</summary>
    public async Task Cdn(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (hub.Files.Find(id) is not { } file || !FileLinks.IsCdn(id, (string)context.Request.RouteValues["hash"]!))
        {
            context.Response.StatusCode = 404;
            return;
        }

        await FileAnswer.Write(context, file);
    }

    private SimulatedFile? Asked(HttpContext context) =>
        hub.Files.Find(context.Request.RouteValues["media"] as string) is { } file
            && file.Owner.Account == (string)context.Request.RouteValues["sid"]! ? file : null;
}
