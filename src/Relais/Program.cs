using Relais.Commands;
using Relais.Foundation;

var settings = Settings.FromEnvironment();
using var folder = DataFolder.Lock(settings.DataFolder);
await using var app = ServeHost.Build(settings, folder, demo: !settings.NamesProviderOrDatabase);
await app.RunAsync();
return 0;
