// The formgrader's list of one notebook, for a class so large that a row for each submission would take a
// browser minutes: a page of rows is made when it is looked at, by nbgrader's own view; sorting and searching
// go through all. What a column is sorted and searched by is what nbgrader writes into its cells.
(() => {
  const LONG = 300, PAGE = 100;
  const short = loadSubmittedNotebooks;

  const share = (model, kind) => {
    const most = model.get(`max_${kind}`);
    return most ? model.get(kind) / most : 0;
  };
  const called = model => {
    const [last, first] = [model.get('last_name'), model.get('first_name')];
    const name = last !== null && first !== null ? `${last}, ${first}` : model.get('student');
    return `Submission #${model.get('index') + 1} ${name}`;
  };
  const scores = kind => ({order: model => share(model, kind), search: model => `${model.get(kind)}`});
  const flag = (name, words) => ({
    order: model => model.get(name) ? 1 : 0,
    search: model => model.get(name) ? words : '',
  });
  const COLUMNS = [
    {order: () => '', search: () => ''},
    {order: model => model.get('index'), search: called},
    ...['score', 'code_score', 'written_score', 'task_score'].map(scores),
    flag('needs_manual_grade', 'needs manual grade'),
    flag('failed_tests', 'tests failed'),
    flag('flagged', 'flagged'),
  ];

  const asColumn = ({order, search}) => ({
    data: null,
    defaultContent: '',
    render: (_, type, model) => type === 'sort' || type === 'type' ? order(model)
      : type === 'filter' ? search(model) : '',
  });
  const fillRow = (row, model) => {
    const cells = insertRow($('<tbody/>')).children();
    [...row.cells].forEach((cell, place) => { cell.className = cells[place].className; });
    views.push(new SubmittedNotebookUI({model, el: $(row)}));
    $(row).find('span.name-hidden').attr('title', 'Show student name');
    $(row).find('span.name-shown').attr('title', 'Hide student name');
  };

  // nbgrader's button goes through the rows that are there: it asks all of them after each
  let shown = false;
  const showAsWanted = () => {
    $('#main-table .name-shown').toggle(shown);
    $('#main-table .name-hidden').toggle(!shown);
    document.getElementById('toggle_names').innerHTML = shown ? 'Hide All Names' : 'Show All Names';
  };

  const long = loaded => {
    const table = $('#main-table').empty().parent();
    toggleAllNames = () => {
      shown = document.getElementById('toggle_names').innerHTML === 'Show All Names';
      showAsWanted();
    };
    table.on('draw.dt', showAsWanted).DataTable({
      data: loaded.models,
      columns: COLUMNS.map(asColumn),
      createdRow: fillRow,
      deferRender: true,
      pageLength: PAGE,
      lengthMenu: [PAGE, 10 * PAGE],
      order: [[1, 'asc']],
    });
  };

  loadSubmittedNotebooks = () => {
    models = new SubmittedNotebooks();
    views = [];
    models.loaded = false;
    models.fetch({success: () => {
      if (models.length <= LONG) return short();
      long(models);
      models.loaded = true;
    }});
  };
})();
