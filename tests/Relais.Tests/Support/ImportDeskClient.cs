using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Relais.Tests.Support;

/// <summary>Files as a person at the desk brings them.</summary>
internal static class ImportDeskClient
{

    public static Task<ApiAnswer> Bring(this DeskClient desk, string kind, string csv, string name = "clients.csv") =>
        desk.Bring(kind, Encoding.UTF8.GetBytes(csv), name);

    public static Task<ApiAnswer> Bring(this DeskClient desk, string kind, byte[] csv, string name = "clients.csv")
    {
        var file = new ByteArrayContent(csv);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return desk.Send(HttpMethod.Post, "/api/imports", new MultipartFormDataContent { { file, "file", name }, { new StringContent(kind), "kind" } });
    }

    public static async Task<JsonElement> Import(this DeskClient desk, long id, string state)
    {
        JsonElement import = default;
        await Eventually.Holds(async () => (import = (await desk.Get($"/api/imports/{id}")).Ok().Body).GetProperty("state").GetString() == state,
            $"the import is {state}");
        return import;
    }

    /// <summary>Brought, mapped as it is proposed and looked through.</summary>
    public static async Task<JsonElement> Checked(this DeskClient desk, string kind, string csv, Func<JsonElement, object>? mapping = null)
    {
        var brought = (await desk.Bring(kind, csv)).Ok().Body;
        var id = brought.GetProperty("id").GetInt64();
        var proposed = brought.GetProperty("mapping");
        (await desk.Put($"/api/imports/{id}/mapping", mapping?.Invoke(proposed) ?? proposed)).Ok();
        return await desk.Import(id, "checked");
    }

    /// <summary>The same, and run.</summary>
    public static async Task<JsonElement> Imported(this DeskClient desk, string kind, string csv, Func<JsonElement, object>? mapping = null)
    {
        var id = (await desk.Checked(kind, csv, mapping)).GetProperty("id").GetInt64();
        (await desk.Post($"/api/imports/{id}/run")).Ok();
        return await desk.Import(id, "done");
    }

    public static async Task<JsonElement> Undone(this DeskClient desk, long id)
    {
        (await desk.Post($"/api/imports/{id}/undo")).Ok();
        return await desk.Import(id, "undone");
    }

    /// <summary>created, changed, unchanged, failed.</summary>
    public static (long Created, long Changed, long Unchanged, long Failed) Counts(this JsonElement import) => (
        import.GetProperty("created").GetInt64(), import.GetProperty("changed").GetInt64(), import.GetProperty("unchanged").GetInt64(), import.GetProperty("failed").GetInt64());

    public static async Task<JsonElement> ContactOf(this DeskClient desk, string phone)
    {
        var found = (await desk.Get($"/api/contacts?q={Uri.EscapeDataString(phone)}")).Ok().Body.GetProperty("items");
        found.GetArrayLength().ShouldBe(1, phone);
        return found[0];
    }

    public static async Task<string> File(this DeskClient desk, string path)
    {
        var response = await desk.Http.GetAsync(path);
        response.IsSuccessStatusCode.ShouldBeTrue(path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        return await response.Content.ReadAsStringAsync();
    }
}
