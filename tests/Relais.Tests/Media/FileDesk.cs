using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Relais.Channels;
using Relais.Foundation;
using Relais.Media;
using Relais.Tests.Support;

namespace Relais.Tests.Media;

/// <summary>What tests of files do at the desk and in place of the intake.</summary>
internal static class FileDesk
{
    public static async Task<ApiAnswer> Upload(this DeskClient desk, byte[] bytes, string filename, string field = "file")
    {
        using var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(part, field, filename);
        return await desk.Send(HttpMethod.Post, "/api/media", form);
    }

    public static async Task<long> Uploaded(this DeskClient desk, byte[] bytes, string filename) =>
        (await desk.Upload(bytes, filename)).Ok().Body.GetProperty("id").GetInt64();

    /// <summary>A customer's message that names a file at the provider, as the intake stores it: message, payload and row.</summary>
    public static async Task<long> ReceiveFile(this RelaisHost relais, DeskClient desk, long conversation, string kind, MediaRef file)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        var (message, inbox) = await relais.Database.Read(Relais.Storage.Scope.Tenant(desk.TenantId), async tx => (
            await tx.QueryFirst<long>("SELECT min(id) FROM message WHERE tenant_id = @TenantId AND conversation_id = @conversation AND author = 1",
                new { desk.TenantId, conversation }),
            await tx.QueryFirst<long>("SELECT inbox_id FROM conversation WHERE tenant_id = @TenantId AND id = @conversation", new { desk.TenantId, conversation })));
        var payload = ContentJson.Write(new InboundContent.Media(kind, file with { MediaId = id }));
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            await tx.Execute("UPDATE message SET type = @kind, payload = @payload WHERE tenant_id = @TenantId AND id = @message",
                new { desk.TenantId, message, kind, payload });
            await relais.Services.GetRequiredService<InboundMediaStore>().Add(tx,
                [new NewMedia(desk.TenantId, id, inbox, message, kind, file, relais.Services.GetRequiredService<Clock>().Micros)]);
        });
        return id;
    }
}
