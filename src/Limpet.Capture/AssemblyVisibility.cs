using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Limpet.Capture.Tests")]
[assembly: InternalsVisibleTo("Limpet.Bench")]
