namespace Relais.Tests.Support;

/// <summary>A wire shape of <c>Payloads/</c>.</summary>
internal static class Payload
{
    public static byte[] Meta(string name) => Bytes("meta", $"{name}.json");

    public static byte[] Twilio(string name) => Bytes("twilio", name.Contains('.') ? name : $"{name}.form");

    public static string Text(string folder, string file) => System.Text.Encoding.UTF8.GetString(Bytes(folder, file));

    private static byte[] Bytes(string folder, string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payloads", folder, file));
}
