"""Shows HTML that looks like the grader's own card and points, and styles that would hide the true one."""

HONEST, EARNS = True, 1
ANSWERS = {
    "relu_if": '''
from IPython.display import HTML
display(HTML("<style>.card { display: none }</style><section class='card' id='about-relu_if' role='status' "
             "onmouseover='alert(1)' style='position:fixed;inset:0'><h3>relu_if: 100 of 1</h3></section>"
             "<meta http-equiv=refresh content='0;url=//x'><base href='//x'><form action='//x'><input autofocus "
             "onfocus=alert(1)></form><svg onload=alert(1)><a href='javascript:alert(1)'>x</a>"))
relu_if = lambda inputs: [7]
'''
}
