using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Limpet.Bench")]
[assembly: InternalsVisibleTo("Limpet.Cli.Tests")]
[assembly: InternalsVisibleTo("Limpet.EndToEnd.Tests")]
