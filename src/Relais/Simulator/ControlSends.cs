using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Relais.Simulator.Customer;
using Relais.Simulator.Files;

namespace Relais.Simulator;

/// <summary>What a customer can send, as one request; which of the fields count is a matter of <see cref="Type"/>.</summary>
/// <param name="Phone">The customer's E.164.</param>
/// <param name="To">Address of a connected number.</param>
/// <param name="Type">
/// text, image, video, audio, voice, document, sticker, location, contacts, reaction, choice, order, flow_reply, edit, revoke,
/// unsupported or number_change.
/// </param>
/// <param name="Text">Text, caption, note, or the new text of an edit.</param>
/// <param name="File">Id from PUT files; without one a ready sample is sent.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Name">Of the place.</param>
/// <param name="Address">Of the place.</param>
/// <param name="Contacts">Cards.</param>
/// <param name="Message">Id of the message that is reacted to, changed or deleted.</param>
/// <param name="Emoji">Of a reaction; empty takes it back.</param>
/// <param name="Choice">What is tapped.</param>
/// <param name="Items">Of the cart.</param>
/// <param name="Answers">Of the form.</param>
/// <param name="Kind">Of an unsupported message.</param>
/// <param name="Number">The new number.</param>
/// <param name="Quotes">Id of the message it answers.</param>
/// <param name="Forwarded">Passed on.</param>
/// <param name="Advertisement">True for a customer who came from one.</param>
/// <param name="CatalogId">Whose products the cart holds.</param>
internal sealed record SendOfCustomer(
    string? Phone, string? To, string? Type, string? Text = null, string? File = null, double? Latitude = null, double? Longitude = null,
    string? Name = null, string? Address = null, IReadOnlyList<ShownCard>? Contacts = null, string? Message = null, string? Emoji = null,
    Choice? Choice = null, IReadOnlyList<CartLine>? Items = null, JsonObject? Answers = null, string? Kind = null, string? Number = null,
    string? Quotes = null, bool Forwarded = false, bool Advertisement = false, string? CatalogId = null);

/// <summary>The control API's side of the customer: sends of every kind, and the files that go with them.</summary>
internal sealed class ControlSends(SimulatorHub hub)
{
    private const long LargestFile = 100L * 1024 * 1024;

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/send", (Delegate)Send);
        api.MapPut("/files", (Delegate)Upload);
        api.MapGet("/files/{id}", Show);
        api.MapPost("/played", (Delegate)Played);
    }

    private async Task<IResult> Send(HttpContext context)
    {
        var r = await ControlApi.Body<SendOfCustomer>(context);
        if (r is null || ControlApi.Find(hub, r.Phone, r.To) is not var (phone, to))
        {
            return ControlApi.NoSuchChat();
        }

        var beside = new Beside(r.Quotes, r.Forwarded, From: r.Advertisement ? new Advertisement() : null);
        var cancel = context.RequestAborted;
        var target = r.Message ?? "";
        switch (r.Type)
        {
            case "text" when r.Text is { Length: > 0 } text:
                return ControlApi.Told(await phone.Say(to, text, beside, cancel));
            case "image" or "video" or "audio" or "voice" or "document" or "sticker":
                return r.File is null ? ControlApi.Told(await phone.SendMedia(to, r.Type, null, r.Text, beside, cancel))
                    : hub.Files.Find(r.File) is { } file && file.Owner.Address == to.Address
                        ? ControlApi.Told(await phone.SendFile(to, r.Type, file, r.Text, beside, cancel))
                    : ControlApi.Refuse(404, "no_such_file", "Put the file for this number first: PUT files?to=….");
            case "location" when r is { Latitude: { } latitude, Longitude: { } longitude }:
                return ControlApi.Told(await phone.SendLocation(to, latitude, longitude, r.Name, r.Address, beside, cancel));
            case "contacts" when r.Contacts is { Count: > 0 } cards:
                return ControlApi.Told(await phone.SendContacts(to, cards, beside, cancel));
            case "reaction" when target.Length > 0:
                return ControlApi.Told(await phone.React(to, target, r.Emoji ?? "", cancel));
            case "choice" when r.Choice is { } choice:
                return ControlApi.Told(await phone.Tap(to, choice, r.Quotes, cancel));
            case "order" when r.Items is { Count: > 0 } items && to.Channel == SimulatedChannel.Meta:
                return ControlApi.Told(await phone.Order(to, items, r.Text ?? "", r.CatalogId, cancel));
            case "flow_reply":
                return ControlApi.Told(await phone.FlowReply(to, r.Answers ?? [], r.Quotes, cancel));
            case "edit" when target.Length > 0 && r.Text is { Length: > 0 } text:
                return ControlApi.Told(await phone.Edit(to, target, text, cancel));
            case "revoke" when target.Length > 0:
                return ControlApi.Told(await phone.Revoke(to, target, cancel));
            case "unsupported":
                return ControlApi.Told(await phone.SendUnsupported(to, r.Kind ?? "poll_creation", cancel));
            case "number_change" when E164.TryRead(r.Number, out var number) && number != phone.Number:
                var (moved, result) = await phone.ChangeNumber(to, number, cancel);
                return ControlApi.Json(new { id = result.MessageId, result.Taken, status = result.StatusCode, phone = moved.Number });
            default:
                return ControlApi.Refuse(400, "bad_send", "Give a \"type\" that this channel has, and the fields of it (see SendOfCustomer).");
        }
    }

    // PUT needs a preflight from a foreign page, which is never answered; so the file's own media type may stand as it is.
    private async Task<IResult> Upload(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestFile;
        }

        if (hub.Number(context.Request.Query["to"].ToString()) is not { } number)
        {
            return ControlApi.NoSuchChat();
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        if (bytes.Length == 0)
        {
            return ControlApi.Refuse(400, "empty_file", "The file is empty.");
        }

        var type = context.Request.ContentType is { Length: > 0 } said ? said : "application/octet-stream";
        var file = hub.Files.Put(number, bytes.ToArray(), type, context.Request.Query["name"].ToString() is { Length: > 0 } name ? name : null);
        return ControlApi.Json(new { file = file.Id, file.MimeType, size = file.Bytes.Length, kind = FileTypes.KindOf(type) ?? "document" });
    }

    private async Task Show(HttpContext context)
    {
        if (hub.Files.Find(context.Request.RouteValues["id"] as string) is { } file)
        {
            await FileAnswer.Write(context, file);
            return;
        }

        context.Response.StatusCode = 404;
    }

    private async Task<IResult> Played(HttpContext context)
    {
        var r = await ControlApi.Body<RetryRequest>(context);
        return ControlApi.Find(hub, r?.Phone, r?.To) is not var (phone, number) || r!.Id is null ? ControlApi.NoSuchChat()
            : ControlApi.Json(new { played = hub.Play(phone, number, r.Id) });
    }
}
