'use strict';
(() => {
  const root = document.documentElement;
  const print = matchMedia('print');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let Plotly;

  const colour = name => getComputedStyle(root).getPropertyValue(name).trim();

  function theme() {
    const axis = {
      gridcolor: colour('--grid'), linecolor: colour('--rule'), tickcolor: colour('--rule'),
      zerolinecolor: colour('--rule'), tickfont: { color: colour('--muted') }, linewidth: 1,
    };
    const wall = {
      ...axis, gridcolor: colour('--rule'), title: { font: { size: 11 } }, backgroundcolor: 'rgba(0,0,0,0)', showbackground: false,
    };
    return { layout: {
      font: { family: colour('--figure-font'), size: 12, color: colour('--ink') },
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
      xaxis: axis, yaxis: axis, scene: { xaxis: wall, yaxis: wall, zaxis: wall },
      hoverlabel: { bgcolor: colour('--paper'), bordercolor: colour('--rule'), font: { color: colour('--ink') } },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: colour('--rule'), activecolor: colour('--muted') },
      annotationdefaults: { font: { color: colour('--ink') } },
    } };
  }

  function webgl() {
    const canvas = document.createElement('canvas');
    return Boolean(canvas.getContext('webgl2') || canvas.getContext('webgl'));
  }

  /** Shows the still picture in place of a figure that this browser cannot draw. */
  function still(plot) {
    const noscript = plot.parentElement.querySelector('noscript');
    plot.style.minHeight = '0';
    plot.classList.add('still');
    plot.innerHTML = noscript.textContent;
  }

  async function draw(plot) {
    if (plot.dataset.state) {
      return;
    }
    plot.dataset.state = 'drawing';
    const figure = JSON.parse(plot.parentElement.querySelector('script').textContent);
    if (!Plotly || (figure.layout.scene && !webgl())) {
      still(plot);
    } else {
      figure.layout.template = theme();
      await Plotly.newPlot(plot, figure.data, figure.layout, {
        displaylogo: false, responsive: true,
        modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d'],
        toImageButtonOptions: { format: 'svg', filename: plot.dataset.name },
      });
    }
    plot.dataset.state = 'drawn';
  }

  const visible = () => [...document.querySelectorAll('.plot')].filter(plot => !plot.closest('[hidden]'));
  const drawn = () => [...document.querySelectorAll('.js-plotly-plot')];

  async function drawVisible() {
    for (const plot of visible()) {
      await draw(plot);
    }
    root.dataset.plots = 'drawn';
  }

  async function unpack() {
    const packed = Uint8Array.from(atob(document.getElementById('plotly').textContent), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const code = await new Response(stream).blob();
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    await new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    URL.revokeObjectURL(address);
    Plotly = window.Plotly;
  }

  function repaint(width) {
    for (const plot of drawn()) {
      Plotly.relayout(plot, width ? { template: theme(), width } : { template: theme(), autosize: true, width: null });
    }
  }

  document.getElementById('layer')?.addEventListener('change', event => {
    for (const section of document.querySelectorAll('section.layer')) {
      section.hidden = section.dataset.layer !== event.target.value;
    }
    drawVisible();
  });
  dark.addEventListener('change', () => repaint());
  print.addEventListener('change', event => repaint(event.matches ? 640 : 0));

  // A browser without DecompressionStream gets the still pictures.
  unpack().catch(() => {}).then(drawVisible);
})();
